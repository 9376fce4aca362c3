package io.weir.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.http.WeirServer;
import picocli.CommandLine;

@CommandLine.Command(
        name = "edge",
        description = {
            "Stand beside a mail server: answer its policy questions from the verdicts, and report what it saw.",
            "Stays until SIGTERM or Ctrl-C. Answers from the first moment, whether Kafka is there or not: what it does not know"
                    + " passes. deploy/mta/ has the lines for the mail server's configuration."
        },
        footer = {
            "",
            "Example:",
            "  weir edge -D bootstrap.servers=kafka1:9092,kafka2:9092 -D site.secret.file=/etc/weir/secret \\",
            "            -D edge.own.networks=198.51.100.0/24"
        })
final class EdgeCommand extends Command {
    EdgeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        WeirConfig config = config();
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            SiteSecret secret = SiteSecret.read(config.siteSecretFile());
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            // The mail server waits for nobody: it is answered first.
            try (RunningEdge edge = RunningEdge.start(
                            config, secret, registry, terminal().clock());
                    WeirServer server = WeirServer.listen(
                            new WeirServer.Options(config.httpHost(), config.httpPort(), config.isHttpRemote()),
                            registry)) {
                server.serveEdge(edge::health, edge);
                say("edge answers at " + edge.address() + ", Kafka at " + config.bootstrapServers()
                        + ", HTTP at http://" + server.address());
                terminal().out().flush();
                hold.awaitOver();
            }
            say("edge closed");
            return ExitCode.DONE;
        }
    }
}
