package io.weir.cli;

import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import java.time.Duration;
import picocli.CommandLine;

@CommandLine.Command(
        name = "engine",
        description = {
            "Run one engine against a cluster, until SIGTERM or Ctrl-C. Start as many as you like.",
            "Topics must be there ('weir topics apply'), and the site's secret the same everywhere."
        },
        footer = {
            "",
            "Example:",
            "  weir engine -D bootstrap.servers=kafka1:9092,kafka2:9092 -D site.secret.file=/etc/weir/secret"
        })
final class EngineCommand extends Command {
    private static final Duration LOOK = Duration.ofSeconds(1);

    EngineCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        WeirConfig asked = config();
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            WeirConfig config = fitting(asked);
            SiteSecret secret = SiteSecret.read(config.siteSecretFile());
            try (RunningEngine engine =
                    RunningEngine.start(config, secret, terminal().clock(), false)) {
                say("engine " + config.applicationId() + " at Kafka " + config.bootstrapServers() + ", HTTP at "
                        + engine.url());
                if (engine.awaitReady(hold::isOver)) {
                    say("engine ready");
                }
                while (!hold.isOverWithin(LOOK)) {
                    engine.requireAlive();
                }
            }
            say("engine closed");
            return ExitCode.DONE;
        }
    }

    private static WeirConfig fitting(WeirConfig asked) {
        try (Cluster cluster = Cluster.reach(asked)) {
            return cluster.fitting();
        }
    }
}
