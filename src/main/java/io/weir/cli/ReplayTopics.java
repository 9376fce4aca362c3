package io.weir.cli;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the past comes from a topic, or goes into one. */
final class ReplayTopics {
    @Option(
            names = "--from-kafka",
            description = "Take the past from smtp-connections instead of logs; nothing is written there.")
    private boolean from;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "With --from-kafka: tell what happened from this time on, such as 2026-11-01T00:00Z; what came before only teaches.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "With --from-kafka: read no further than this time.")
    private @Nullable String until;

    @Option(
            names = "--to-kafka",
            description =
                    "Load the logs into the topics of a --namespace of their own and have an engine judge them there, for 'weir senders'"
                            + " and the like. Nothing in it is ever deleted for its age. Goes on where it was interrupted. Without bootstrap.servers"
                            + " a broker is started in data.dir and stopped at the end.")
    private boolean to;

    @Option(
            names = "--bootstrap",
            description =
                    "With --to-kafka: load the last 40 days of the logs into a fresh site, so that nobody starts as a newcomer there. The"
                            + " engine that is started next judges them; all of it only teaches.")
    private boolean bootstrap;

    boolean isSource() {
        return from;
    }

    boolean isTarget() {
        return to;
    }

    boolean isBootstrap() {
        return bootstrap;
    }

    /** Milliseconds since the epoch; 0 without. */
    long sinceMs() {
        return since == null ? 0 : time("--since", since);
    }

    /** {@link Long#MAX_VALUE} without. */
    long untilMs() {
        return until == null ? Long.MAX_VALUE : time("--until", until);
    }

    void check() {
        if (from && to) {
            throw CommandException.usage("--from-kafka and --to-kafka are two ways: give one of them");
        }
        if (!from && (since != null || until != null)) {
            throw CommandException.usage("--since and --until go with --from-kafka");
        }
        if (bootstrap && !to) {
            throw CommandException.usage("--bootstrap goes with --to-kafka");
        }
        if (sinceMs() >= untilMs()) {
            throw CommandException.usage("--since must be before --until");
        }
    }

    private static long time(String option, String text) {
        try {
            long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            if (millis > 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw refused(option, text);
        }
        throw refused(option, text);
    }

    private static CommandException refused(String option, String text) {
        return CommandException.usage(
                option + " must be a time with its zone, such as 2026-11-01T00:00Z, got '" + text + "'");
    }
}
