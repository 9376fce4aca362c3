package io.weir.cli;

import io.weir.config.ApiSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that may be put to an engine over HTTP, wherever that is. */
abstract class ApiCommand extends Command {
    @Option(
            names = "--api",
            paramLabel = "URL",
            description =
                    "Ask this engine of the site, such as https://weir.example.org:8451: short for -D api.url=URL.")
    private @Nullable String api;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The token to show there is on the file's first line: short for -D api.token.file=FILE.")
    private @Nullable String tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Certificates in PEM by which that engine is known: short for -D api.ca.file=FILE.")
    private @Nullable String caFile;

    ApiCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    final Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, ApiSettings.URL, api);
        put(settings, ApiSettings.TOKEN_FILE, tokenFile);
        put(settings, ApiSettings.CA_FILE, caFile);
        return settings;
    }

    private static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
