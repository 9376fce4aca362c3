package io.weir.replay;

import io.weir.replay.log.ReadReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What became of history.
 *
 * @param files in the order in which they were read to their ends
 * @param warnings what makes it less than the whole truth: files left out, overlaps, gaps
 */
public record HistoryReport(List<FileReport> files, List<String> warnings) {
    private static final int MOST_FILES_SHOWN = 40;
    private static final int MOST_SAMPLES_SHOWN = 20;

    public long lines() {
        return total().lines();
    }

    public long events() {
        return total().events();
    }

    /** Time of the first event, milliseconds since the epoch; 0 without events. */
    public long firstEventMs() {
        return total().firstEventMs();
    }

    /** Time of the last event; 0 without events. */
    public long lastEventMs() {
        return total().lastEventMs();
    }

    /** All files as if they were one. */
    public ReadReport total() {
        return ReadReport.sum(files.stream().map(FileReport::read).toList());
    }

    /** For a terminal; at most some hundred and fifty lines. */
    public String text() {
        StringBuilder text = new StringBuilder(2 * 1024);
        files.stream().limit(MOST_FILES_SHOWN).forEach(file -> head(text, file));
        if (files.size() > MOST_FILES_SHOWN) {
            text.append("and ").append(files.size() - MOST_FILES_SHOWN).append(" files more\n");
        }
        files.stream()
                .flatMap(file -> file.read().samples().stream()
                        .map(sample -> "  " + file.file() + " line " + sample.lineNumber() + ": " + sample.why() + ": "
                                + sample.line() + "\n"))
                .limit(MOST_SAMPLES_SHOWN)
                .forEach(text::append);
        text.append(total().text());
        warnings.forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.toString();
    }

    private static void head(StringBuilder text, FileReport file) {
        ReadReport read = file.read();
        text.append(String.format(
                Locale.ROOT,
                "%s: %s, %s; %d lines, %d malformed, %d events%s\n",
                file.file(),
                file.format().label(),
                file.host(),
                read.lines(),
                read.malformed(),
                read.events(),
                read.events() == 0 ? "" : " " + time(read.firstEventMs()) + " to " + time(read.lastEventMs())));
        if (!file.damage().isEmpty()) {
            text.append("  ")
                    .append(file.file())
                    .append(' ')
                    .append(file.damage())
                    .append('\n');
        }
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
