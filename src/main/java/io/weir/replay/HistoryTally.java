package io.weir.replay;

import java.util.ArrayList;
import java.util.List;

/** What is told of history while it is read. */
final class HistoryTally {
    private static final int MOST_WARNINGS = 50;

    private final List<FileReport> files = new ArrayList<>();
    private final List<String> warnings;
    private int dropped;

    HistoryTally(List<String> notes) {
        this.warnings = new ArrayList<>();
        notes.forEach(this::warn);
    }

    void add(FileReport file) {
        files.add(file);
    }

    void warn(String warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        } else {
            dropped++;
        }
    }

    HistoryReport report() {
        List<String> told = new ArrayList<>(warnings);
        if (dropped > 0) {
            told.add("and " + dropped + " more of this kind");
        }
        return new HistoryReport(List.copyOf(files), List.copyOf(told));
    }
}
