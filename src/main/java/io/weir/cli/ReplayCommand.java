package io.weir.cli;

import io.weir.broker.EmbeddedBroker;
import io.weir.cli.OfflineReplay.Window;
import io.weir.config.BrokerSettings;
import io.weir.config.EngineSettings;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.SenderMap;
import io.weir.replay.FileReport;
import io.weir.replay.HistoryReport;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "replay",
        description = {
            "Judge the mail of the past, and tell what would have been deferred.",
            "Reads mail servers' logs, or what edges have recorded (--from-kafka). No broker is needed, nothing is changed, and the code that"
                    + " judges is the code that runs."
        },
        footer = {
            "",
            "Examples:",
            "  weir replay /var/log/mail.log",
            "  weir replay /var/log/mail.log* --report report.html",
            "  weir replay mail.log --rules new.rules --against site.rules",
            "  weir replay --from-kafka --since 2026-11-01T00:00Z --retry-model exim",
            "  weir replay mail.log --as-recorded --verdicts verdicts.jsonl",
            "  weir replay /var/log/mail.log* --suggest > suggested.rules",
            "  weir replay mail.log --to-kafka --namespace trial"
        })
final class ReplayCommand extends Command {
    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private WayOptions way = new WayOptions();

    @Mixin
    private ReplayOutputs outputs = new ReplayOutputs();

    @Mixin
    private ReplayTopics topics = new ReplayTopics();

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        topics.check();
        way.check();
        if (way.isSuggestion() && (topics.isSource() || topics.isTarget())) {
            throw CommandException.usage("--suggest reads logs");
        }
        if (topics.isSource() != history.isEmpty()) {
            throw CommandException.usage("give logs to replay, or --from-kafka");
        }
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            if (topics.isSource()) {
                fromTopic(hold);
            } else if (topics.isTarget()) {
                toTopic(hold);
            } else {
                fromLogs(hold);
            }
            return ExitCode.DONE;
        }
    }

    private void fromLogs(Lifetime.Hold hold) throws IOException {
        if (way.isSuggestion()) {
            suggest(hold);
            return;
        }
        LogPast past = logs(hold, way.senders());
        Window window = Window.UNKNOWN;
        if (past.isRepeatable()) {
            HistoryReport read = read(past);
            window = new Window(read.firstEventMs(), read.lastEventMs(), 0);
            past.tell(new ReplayProgress(terminal(), "judging"));
        }
        new OfflineReplay(past, way, outputs, terminal(), secret(config()), window).run(() -> told(past));
        if (!past.isRepeatable()) {
            tell(Objects.requireNonNull(past.report()));
        }
    }

    private void suggest(Lifetime.Hold hold) throws IOException {
        LogPast past = logs(hold, way.senders());
        if (!past.isRepeatable() || !outputs.told().isEmpty()) {
            throw CommandException.usage(
                    "--suggest reads logs several times, which standard input cannot be, and prints nothing but rules");
        }
        new SuggestReplay(past, way, secret(config()), terminal()).run();
    }

    private void fromTopic(Lifetime.Hold hold) throws IOException {
        try (Cluster cluster = Cluster.reach(config())) {
            String topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
            TopicPast past = new TopicPast(
                    cluster,
                    topics.untilMs(),
                    way.hasRules() ? way.senders().ipv6PrefixLength() : null,
                    hold,
                    new ReplayProgress(terminal(), "judging"));
            long oldest = cluster.oldestMs(topic);
            if (oldest < 0) {
                throw CommandException.failed(topic + " holds nothing");
            }
            Window window = new Window(oldest, Math.min(topics.untilMs(), cluster.newestMs(topic)), topics.sinceMs());
            new OfflineReplay(past, way, outputs, terminal(), secret(cluster.config()), window).run(past::told);
        }
    }

    private void toTopic(Lifetime.Hold hold) throws Exception {
        if (!outputs.told().isEmpty() || way.isWayGiven()) {
            throw CommandException.usage(
                    "--to-kafka has a real engine judge; of the options for judging only --rules goes with it");
        }
        WeirConfig config = topics.isBootstrap() ? config() : history(config());
        Rules judgeBy = way.rules();
        LogPast past = logs(hold, way.senders());
        HistoryReport read = read(past);
        if (config.hasBootstrapServers()) {
            load(past, read, judgeBy, config, hold);
        } else {
            remark("starting a broker in " + config.dataDirectory());
            // Nobody else has to find it.
            WeirConfig anyPort = config.with(Map.of(BrokerSettings.PORT, "0", BrokerSettings.CONTROLLER_PORT, "0"));
            try (EmbeddedBroker broker = EmbeddedSite.startBroker(anyPort)) {
                WeirConfig at = EmbeddedSite.at(anyPort, broker);
                if (topics.isBootstrap()) {
                    at = EmbeddedSite.prepare(at, terminal().clock()).config();
                }
                load(past, read, judgeBy, at, hold);
            }
        }
    }

    private void load(LogPast past, HistoryReport read, @Nullable Rules judgeBy, WeirConfig config, Lifetime.Hold hold)
            throws IOException {
        if (topics.isBootstrap()) {
            try (Cluster cluster = Cluster.reach(config)) {
                new BootstrapLoad(past, read, judgeBy, terminal()).run(cluster);
            }
        } else {
            var report = new Replay(past, read, judgeBy, terminal(), hold).run(config);
            say("");
            terminal().out().print(report.text());
        }
    }

    private static WeirConfig history(WeirConfig config) {
        if (config.namespace().isEmpty()) {
            throw CommandException.usage(
                    "--to-kafka needs --namespace NAME: the past must not meet the mail of today in"
                            + " one topic; --bootstrap lets it, for a site that has seen no mail yet");
        }
        return config.with(Map.of(EngineSettings.RETENTION_BY_RECORD_TIME, "false"));
    }

    private LogPast logs(Lifetime.Hold hold, SenderMap senders) {
        return new LogPast(
                history.sources(),
                history.options(terminal().clock().instant(), senders.ipv6PrefixLength()),
                senders,
                hold,
                new ReplayProgress(terminal(), "reading"));
    }

    /** A first reading, which tells what there is and from when to when. */
    private HistoryReport read(LogPast past) throws IOException {
        if (!past.isRepeatable()) {
            throw CommandException.usage("--to-kafka reads the logs twice, which standard input cannot be");
        }
        past.forEach((partition, event) -> {});
        HistoryReport read = Objects.requireNonNull(past.report());
        tell(read);
        return read;
    }

    private void tell(HistoryReport read) {
        terminal().out().print(read.text());
        if (read.events() == 0) {
            throw CommandException.failed(history.names() + " tells of no mail: " + read.lines() + " lines, of which "
                    + read.total().understood() + " were understood");
        }
    }

    private static List<String> told(LogPast past) {
        HistoryReport read = past.report();
        return read == null
                ? List.of()
                : read.files().stream().map(ReplayCommand::told).toList();
    }

    private static String told(FileReport file) {
        return file.file() + " (" + file.format().label() + " of " + file.host() + "): "
                + file.read().lines() + " lines, " + file.read().malformed() + " malformed, "
                + file.read().events() + " events";
    }

    /** The site's, so that cases are those of its engines; where there is none, any will do. */
    static byte[] secret(WeirConfig config) {
        return Files.isReadable(config.siteSecretFile())
                ? SiteSecret.read(config.siteSecretFile()).bytes()
                : "a replay without a site's secret".getBytes(StandardCharsets.US_ASCII);
    }
}
