package io.weir.cli;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.BrokerSettings;
import io.weir.config.EngineSettings;
import io.weir.config.WeirConfig;
import io.weir.replay.ThrottleReport;
import io.weir.replay.log.LogReader;
import io.weir.replay.log.PostfixLogReader;
import io.weir.replay.log.ReadReport;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "replay",
        description = {
            "Have an engine judge a Postfix log of the past, and tell what it would have throttled.",
            "The log goes into a namespace of its own under its original times; nothing in that namespace is ever deleted for its "
                    + "age. Without bootstrap.servers a broker is started in data.dir and stopped at the end."
        },
        footer = {
            "",
            "Examples:",
            "  weir replay /var/log/mail.log --namespace history",
            "  weir replay mail.log --namespace history --year 2015 --zone Europe/Vienna --rules my.rules"
        })
final class ReplayCommand extends Command {
    private static final int FIRST_YEAR = 1980;
    private static final int LAST_YEAR = 9999;

    @Parameters(paramLabel = "FILE", description = "Postfix's log, as syslog writes it; not compressed.")
    private Path file = Path.of("");

    @Option(
            names = "--year",
            paramLabel = "YEAR",
            description = "Year of the first line, where lines lack it; by default by the file's time of modification.")
    private @Nullable Integer year;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of lines that name none, such as Europe/Vienna; by default UTC.")
    private @Nullable String zone;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description =
                    "Judge by these rules; by default by the namespace's, or else the defaults, without learning.")
    private @Nullable Path rules;

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        WeirConfig config = history(config());
        LogReader.Options options = options();
        Rules judgeBy = rules == null ? null : RulesFile.read(rules);
        ReadReport read = read(options);
        terminal().out().print(read.text());
        if (read.events() == 0) {
            throw CommandException.failed(file + " tells of no mail: " + read.lines() + " lines, of which "
                    + read.understood() + " were understood; it must be the log of Postfix's smtpd");
        }
        try (Lifetime.Hold hold = terminal().lifetime().hold()) {
            Replay replay = new Replay(file, options, read, judgeBy, terminal(), hold);
            ThrottleReport report = config.hasBootstrapServers() ? replay.run(config) : embedded(replay, config);
            say("");
            terminal().out().print(report.text());
            return ExitCode.DONE;
        }
    }

    private static WeirConfig history(WeirConfig config) {
        if (config.namespace().isEmpty()) {
            throw CommandException.usage(
                    "replay needs --namespace NAME: the past must not meet the mail of today in one topic");
        }
        return config.with(Map.of(EngineSettings.RETENTION_BY_RECORD_TIME, "false"));
    }

    private ThrottleReport embedded(Replay replay, WeirConfig config) throws Exception {
        remark("starting a broker in " + config.dataDirectory());
        // Nobody else has to find it.
        WeirConfig anyPort = config.with(Map.of(BrokerSettings.PORT, "0", BrokerSettings.CONTROLLER_PORT, "0"));
        try (EmbeddedBroker broker = EmbeddedSite.startBroker(anyPort)) {
            return replay.run(EmbeddedSite.at(anyPort, broker));
        }
    }

    private ReadReport read(LogReader.Options options) {
        try {
            return PostfixLogReader.read(file, options, event -> {});
        } catch (IOException e) {
            throw CommandException.failed("log " + Failures.ofFile(e), e);
        }
    }

    private LogReader.Options options() {
        LogFiles.requireReadable(file);
        try {
            LogReader.Options options = PostfixLogReader.optionsOf(file);
            if (year != null) {
                requireYear(year);
                options = options.withFirstYear(year);
            }
            return zone == null ? options : options.withZone(LogFiles.zone(zone));
        } catch (IOException e) {
            throw CommandException.usage("log " + Failures.ofFile(e), e);
        }
    }

    private static void requireYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw CommandException.usage("--year must be " + FIRST_YEAR + " to " + LAST_YEAR + ", got " + year);
        }
    }
}
