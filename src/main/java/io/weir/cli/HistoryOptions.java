package io.weir.cli;

import io.weir.replay.History;
import io.weir.replay.Sources;
import io.weir.replay.log.LogFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which logs to read, and what they do not say of themselves. */
final class HistoryOptions {
    private static final int FIRST_YEAR = 1980;
    private static final int LAST_YEAR = 9999;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Logs of mail servers and directories of them, also packed, in any order; - for standard input.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What wrote the logs; by default each file's first lines tell.")
    private @Nullable String format;

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

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** For messages. */
    String names() {
        List<String> names = files.stream().map(Path::toString).toList();
        return names.size() <= 3
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more";
    }

    Sources sources() {
        for (Path file : files) {
            if (!file.equals(Sources.STANDARD_INPUT) && !Files.isReadable(file)) {
                throw CommandException.usage(
                        "log " + file + (Files.exists(file) ? " cannot be read" : " does not exist"));
            }
        }
        return new Sources(files, System.in);
    }

    /** @param ipv6Prefix bits of an IPv6 address that make a sender */
    History.Options options(Instant now, int ipv6Prefix) {
        History.Options options = History.Options.at(now);
        if (year != null) {
            if (year < FIRST_YEAR || year > LAST_YEAR) {
                throw CommandException.usage("--year must be " + FIRST_YEAR + " to " + LAST_YEAR + ", got " + year);
            }
            options = options.withFirstYear(year);
        }
        if (zone != null) {
            options = options.withZone(LogFiles.zone(zone));
        }
        if (format != null) {
            options = options.withFormat(LogFormat.named(format)
                    .orElseThrow(() -> CommandException.usage(
                            "unknown format '" + format + "'; allowed are " + LogFormat.labels())));
        }
        return options.withSenders(ipv6Prefix, options.senders());
    }
}
