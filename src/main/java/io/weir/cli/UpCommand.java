package io.weir.cli;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.CommonSettings;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine;

@CommandLine.Command(
        name = "up",
        description = {
            "Run broker, engine, edge and HTTP port on this machine.",
            "Stays until SIGTERM or Ctrl-C; what it knows is kept in data.dir and is there after a restart. At the first start it "
                    + "writes rules by which it learns for 14 days; every reason is in shadow."
        },
        footer = {
            "",
            "Examples:",
            "  weir up",
            "  weir up -D data.dir=/var/lib/weir -D broker.port=0 -D broker.controller.port=0 -D http.port=0 -D edge.policy.port=0"
        })
final class UpCommand extends Command {
    private static final Duration LOOK = Duration.ofSeconds(1);

    UpCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        WeirConfig config = config();
        if (config.hasBootstrapServers()) {
            throw CommandException.usage("'weir up' has a broker of its own and takes no "
                    + CommonSettings.BOOTSTRAP_SERVERS + "; 'weir engine' runs against a cluster");
        }
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            remark("starting the broker in " + config.dataDirectory());
            try (EmbeddedBroker broker = EmbeddedSite.startBroker(config)) {
                run(EmbeddedSite.at(config, broker), broker, hold);
            }
            say("Weir is down; everything is kept in " + config.dataDirectory());
            return ExitCode.DONE;
        }
    }

    private void run(WeirConfig asked, EmbeddedBroker broker, Lifetime.Hold hold) throws InterruptedException {
        EmbeddedSite site = EmbeddedSite.prepare(asked, terminal().clock());
        SiteSecret secret = SiteSecret.readOrCreate(asked.siteSecretFile());
        remark("starting the engine");
        try (RunningEngine engine =
                        RunningEngine.start(site.config(), secret, terminal().clock(), true);
                RunningEdge edge = RunningEdge.start(
                        site.config(), secret, engine.registry(), terminal().clock())) {
            engine.with(edge);
            if (engine.awaitReady(hold::isOver)) {
                introduce(site, engine, edge);
            }
            while (!hold.isOverWithin(LOOK)) {
                engine.requireAlive();
                broker.failure().ifPresent(fault -> {
                    throw CommandException.failed("the broker stopped: " + fault.getMessage(), fault);
                });
            }
        }
    }

    private void introduce(EmbeddedSite site, RunningEngine engine, RunningEdge edge) {
        WeirConfig config = site.config();
        say("Weir is up.");
        say("  Kafka   " + config.bootstrapServers() + ", data in "
                + config.dataDirectory().toAbsolutePath().normalize());
        say("  console " + engine.url() + "/");
        say("  HTTP    " + engine.url() + "  (/v1/openapi.json, /health/ready, /metrics)");
        say("  edge    " + edge.address() + "  (deploy/mta/ has the lines for your mail server)");
        say("  rules   " + site.rules().id() + ", " + learning(site) + ", " + EmbeddedSite.modes(site.rules()));
        String more = options(config, engine);
        say("Next, from another terminal:");
        say("  what is throttled, as it happens       weir verdicts --follow" + more);
        say("  what is known of a sender, and why     weir senders ADDRESS" + more);
        say("  what your past mail would have met     weir replay mail.log");
        say("Ctrl-C ends it.");
        terminal().out().flush();
    }

    private String learning(EmbeddedSite site) {
        long until = site.rules().learnUntilMs();
        return site.rules().learning(terminal().clock().millis())
                ? "learning until " + Instant.ofEpochMilli(until) + " (no verdicts before)"
                : "judging";
    }

    /** What another command needs to find this one, where that is not the default. */
    private String options(WeirConfig config, RunningEngine engine) {
        WeirConfig defaults = WeirConfig.of(Map.of());
        StringBuilder more = new StringBuilder();
        if (!config.namespace().isEmpty()) {
            more.append(" --namespace ").append(config.namespace());
        }
        if (!config.bootstrapServers().equals(defaults.bootstrapServers())) {
            more.append(" -D bootstrap.servers=").append(config.bootstrapServers());
        }
        String http = engine.address();
        if (!http.equals(defaults.http().host() + ":" + defaults.http().port())) {
            more.append(" -D http.port=").append(http.substring(http.lastIndexOf(':') + 1));
        }
        return more.toString();
    }
}
