package io.weir.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.http.HttpServerException;
import io.weir.http.WeirServer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(EdgeCommand.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    EdgeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        WeirConfig config = config();
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            SiteSecret secret = SiteSecret.read(config.siteSecretFile());
            WeirServer.Options http = WeirServer.Options.of(
                    config.http(), false, secret, terminal().clock());
            WeirServer.requireAllowed(http);
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            // The mail server waits for nobody: it is answered first.
            try (RunningEdge edge =
                    RunningEdge.start(config, secret, registry, terminal().clock())) {
                say("edge answers at " + edge.address() + ", Kafka at " + config.bootstrapServers());
                terminal().out().flush();
                serve(http, edge, registry, hold);
            }
            say("edge closed");
            return ExitCode.DONE;
        }
    }

    /** Until it is over. Mail does not need the HTTP port: while somebody else has it, the edge goes on without. */
    private void serve(
            WeirServer.Options options, RunningEdge edge, PrometheusMeterRegistry registry, Lifetime.Hold hold) {
        boolean isFirst = true;
        do {
            try (WeirServer server = WeirServer.listen(options, registry)) {
                server.serveEdge(edge::health, edge);
                say("HTTP at " + server.url());
                terminal().out().flush();
                hold.awaitOver();
            } catch (HttpServerException e) {
                if (isFirst) {
                    log.error("no health, no metrics, no weir probe until HTTP can be had: {}", e.getMessage());
                }
                isFirst = false;
            }
        } while (!hold.isOverWithin(PAUSE));
    }
}
