package io.weir.cli;

import io.weir.model.Gap;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "gap",
        description = {
            "Tell the engine that nothing could be delivered here for a while: queues will arrive at once.",
            "After the gap, for its length but at least 2 hours and at most a day, the 5-minute and the hourly allowance do not bind senders "
                    + "with a history; the daily one does, with what the gap left unspent added to it."
        },
        footer = {
            "",
            "Examples:",
            "  weir gap 2026-11-24T02:10:00Z 2026-11-24T05:40:00Z",
            "  weir gap 2026-11-24T03:10+01:00 now",
            "  weir gap --from 2026-11-24T02:10Z --to now"
        })
final class GapCommand extends Command {
    private static final byte[] KEY = "gap".getBytes(StandardCharsets.US_ASCII);
    private static final String NOW = "now";

    @Parameters(
            paramLabel = "FROM",
            index = "0",
            arity = "0..1",
            description = "When mail stopped coming, such as 2026-11-24T02:10Z.")
    private @Nullable String from;

    @Parameters(
            paramLabel = "TO",
            index = "1",
            arity = "0..1",
            description = "When it could come again, or 'now'; not in the future.")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "FROM", description = "The same by name.")
    private @Nullable String namedFrom;

    @Option(names = "--to", paramLabel = "TO", description = "The same by name.")
    private @Nullable String namedTo;

    GapCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        String begin = either("FROM", from, namedFrom);
        String end = either("TO", to, namedTo);
        long givenFrom = time("FROM", begin);
        long givenTo = end.equals(NOW) ? Long.MAX_VALUE : time("TO", end);
        try (Cluster cluster = Cluster.reach(config())) {
            ControlRecords controls = new ControlRecords(cluster);
            Gap gap = gap(givenFrom, givenTo, controls.nowMs(terminal().clock()));
            int partitions =
                    controls.write("the gap was", KEY, new EventJson().write(gap), gap.occurredAtMs(), List.of());
            say("gap from " + Instant.ofEpochMilli(gap.fromMs()) + " to " + Instant.ofEpochMilli(gap.toMs())
                    + " written in " + partitions + " partitions; the last gap written is the one that counts");
            return ExitCode.DONE;
        }
    }

    private static String either(String name, @Nullable String byPlace, @Nullable String byName) {
        String given = byPlace == null ? byName : byPlace;
        if (given == null || (byPlace != null && byName != null)) {
            throw CommandException.usage(
                    "give FROM and TO, each once; " + name + " is " + (given == null ? "missing" : "there twice"));
        }
        return given;
    }

    private static Gap gap(long fromMs, long givenToMs, long nowMs) {
        long toMs = givenToMs == Long.MAX_VALUE ? nowMs : givenToMs;
        if (toMs > nowMs) {
            throw CommandException.usage(
                    "TO must not be later than " + Instant.ofEpochMilli(nowMs) + ", got " + Instant.ofEpochMilli(toMs));
        }
        if (fromMs >= toMs) {
            throw CommandException.usage("FROM must be before TO, got " + Instant.ofEpochMilli(fromMs) + " and "
                    + Instant.ofEpochMilli(toMs));
        }
        return new Gap(RulesUpdate.author(), nowMs, fromMs, toMs);
    }

    private static long time(String name, String text) {
        try {
            long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            if (millis >= 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw refused(name, text);
        }
        throw refused(name, text);
    }

    private static CommandException refused(String name, String text) {
        return CommandException.usage(name + " must be a time with its zone, such as 2026-11-24T02:10Z or"
                + " 2026-11-24T03:10+01:00, got '" + text + "'");
    }
}
