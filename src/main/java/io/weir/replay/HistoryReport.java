package io.weir.replay;

import java.util.List;

/**
 * What became of history.
 *
 * @param files in the order in which they were read to their ends
 */
public record HistoryReport(List<FileReport> files) {
    public long lines() {
        return files.stream().mapToLong(file -> file.read().lines()).sum();
    }

    public long events() {
        return files.stream().mapToLong(file -> file.read().events()).sum();
    }

    /** Time of the first event, milliseconds since the epoch; 0 without events. */
    public long firstEventMs() {
        return files.stream()
                .filter(file -> file.read().events() > 0)
                .mapToLong(file -> file.read().firstEventMs())
                .min()
                .orElse(0);
    }

    /** Time of the last event; 0 without events. */
    public long lastEventMs() {
        return files.stream().mapToLong(file -> file.read().lastEventMs()).max().orElse(0);
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(2 * 1024);
        for (FileReport file : files) {
            text.append(file.file()).append(", ").append(file.format().label());
            text.append(" of ").append(file.host()).append('\n');
            text.append(file.read().text());
        }
        return text.toString();
    }
}
