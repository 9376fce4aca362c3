package io.weir.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.WeirConfig;
import io.weir.edge.EventFeed;
import io.weir.replay.log.LogFollower;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "collect",
        description = {
            "Report from a mail server's log what an edge would have seen, for a server that gets no policy hook.",
            "Goes on where it ended, over rotations and restarts; the position is kept in edge.spool.dir, which an edge must not use"
                    + " at the same time. A server that has an edge needs no collector: its mail would count twice. For a log of the"
                    + " past there is 'weir replay'."
        },
        footer = {
            "",
            "Examples:",
            "  weir collect --format postfix --follow /var/log/mail.log",
            "  weir collect --follow /var/log/mail.log -D bootstrap.servers=kafka1:9092 \\",
            "               -D edge.name=mx1 -D edge.own.networks=198.51.100.0/24"
        })
final class CollectCommand extends Command {
    private static final String POSTFIX = "postfix";

    @Parameters(paramLabel = "FILE", description = "The log, as syslog writes it.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What wrote the log; allowed is ${DEFAULT-VALUE}, which is the default.",
            defaultValue = POSTFIX)
    private String format = POSTFIX;

    @Option(
            names = "--follow",
            description =
                    "Stay until SIGTERM or Ctrl-C, and read what is added; otherwise end when all is read and sent.")
    private boolean follow;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of lines that name none, such as Europe/Vienna; by default this machine's.")
    private @Nullable String zone;

    CollectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws IOException {
        if (!format.equals(POSTFIX)) {
            throw CommandException.usage("unknown format '" + format + "'; allowed is " + POSTFIX);
        }
        LogFiles.requireReadable(file);
        ZoneId zoneOfStamps = zone == null ? ZoneId.systemDefault() : LogFiles.zone(zone);
        WeirConfig config = config();
        Clock clock = terminal().clock();
        String source = "log " + file.toAbsolutePath().normalize();
        try (Lifetime.Hold hold = terminal().lifetime().hold();
                EventFeed feed = EventFeed.open(config, new SimpleMeterRegistry(), clock);
                LogFollower log = LogFollower.open(file, zoneOfStamps, clock, feed.mark(source))) {
            say("collecting from " + file + ", Kafka at " + config.bootstrapServers());
            terminal().out().flush();
            Collector collector = new Collector(source, log, feed, hold);
            collector.run(follow);
            terminal().out().print(log.report().text());
            say(collector.standing());
            return ExitCode.DONE;
        }
    }
}
