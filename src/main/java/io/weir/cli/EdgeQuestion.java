package io.weir.cli;

import io.weir.config.AdminToken;
import io.weir.config.WeirConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks an edge for what takes its token. */
abstract class EdgeQuestion extends Command {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the edge answers; by default http://, http.host and http.port.")
    private @Nullable String url;

    EdgeQuestion(Terminal terminal) {
        super(terminal);
    }

    /** Shows the token in {@code edge.admin.token.file}. */
    final ApiClient edge() {
        WeirConfig config = config();
        return ApiClient.edge(
                config, url, AdminToken.read(config.adminTokenFile()).header());
    }
}
