package io.weir.replay;

import io.weir.replay.log.LogFormat;
import io.weir.replay.log.LogReader;
import io.weir.replay.log.LogSample;
import io.weir.replay.log.LogSample.Beginning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first lines of every file. A file that was named must be history; in a directory, what is none is left out, and so is what
 * repeats another file's lines.
 */
final class LogFinder {
    private static final int DEPTH = 8;
    private static final int MOST_NAMED = 3;

    /** Logs that hold some of another's lines once more, where that one is beside them. */
    private static final Map<String, String> REPEATING = Map.of(
            "rejectlog", "mainlog",
            "paniclog", "mainlog",
            "mail.err", "mail.log",
            "mail.warn", "mail.log",
            "mail.info", "mail.log",
            "syslog", "mail.log");

    private final Sources sources;
    private final History.Options options;
    private final List<FoundLog> found = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Set<Path> looked = new HashSet<>();

    LogFinder(Sources sources, History.Options options) {
        this.sources = sources;
        this.options = options;
    }

    /**
     * All logs, the oldest first.
     *
     * @throws HistoryException when what was named is no history
     */
    List<FoundLog> find() throws IOException {
        for (Path path : sources.paths()) {
            if (path.equals(Sources.STANDARD_INPUT)) {
                look(path, true);
            } else if (Files.isDirectory(path)) {
                directory(path);
            } else if (Files.exists(path)) {
                look(path, true);
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        if (found.isEmpty()) {
            throw new HistoryException("there is no log that is known: " + String.join("; ", others)
                    + "; allowed are those of " + LogFormat.labels());
        }
        List<FoundLog> dated = dated();
        dated.sort(Comparator.comparingLong(FoundLog::firstMs).thenComparing(FoundLog::name));
        return withoutCopies(dated);
    }

    /** What the user should know, besides what each file's report says. */
    List<String> notes() {
        return notes;
    }

    private void directory(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory, DEPTH)) {
            files = all.filter(path -> Files.isRegularFile(path) && !isHidden(directory, path))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            others.add(directory + " is empty");
        }
        for (Path file : files) {
            String base = RotationName.of(file).base();
            String whole = REPEATING.get(base);
            if (whole != null && files.stream().anyMatch(path -> isOf(whole, file, path))) {
                notes.add(file + " is left out: its lines are in " + whole);
            } else {
                look(file, false);
            }
        }
    }

    private static boolean isHidden(Path directory, Path file) {
        for (Path part : directory.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(String base, Path beside, Path path) {
        return RotationName.of(path).base().equals(base)
                && path.resolveSibling(".").equals(beside.resolveSibling("."));
    }

    private void look(Path path, boolean named) throws IOException {
        LogSource source = new LogSource(path, sources.standardInput());
        if (!path.equals(Sources.STANDARD_INPUT) && !looked.add(path.toRealPath())) {
            return;
        }
        LogReader.Options each = new LogReader.Options(
                options.zone(),
                OptionalInt.empty(),
                source.lastWritten(options.now()),
                options.ipv6Prefix(),
                options.senders(),
                edgeOf(source));
        LogSample sample = new LogSample(options.format().orElse(null), each);
        try {
            source.look(sample);
        } catch (HistoryException e) {
            if (named) {
                throw e;
            }
            others.add(String.valueOf(e.getMessage()));
            return;
        }
        Optional<Beginning> beginning = sample.beginningBefore(source.lastLines());
        if (beginning.isPresent()) {
            found.add(new FoundLog(source, setOf(source, beginning.get()), sample, beginning.get(), each)
                    .in(beginning.get().year()));
        } else {
            other(source, sample, named);
        }
    }

    private void other(LogSource source, LogSample sample, boolean named) {
        String what = source.name() + " " + sample.seen();
        if (named && !sample.firstLines().isEmpty()) {
            throw new HistoryException(what + "; allowed are logs of " + LogFormat.labels());
        }
        if (others.size() < MOST_NAMED) {
            others.add(what);
        }
        notes.add(what + ": left out");
    }

    /** A name for the server where the log does not name it: nothing is nearer than where its log lies. */
    private static String edgeOf(LogSource source) {
        String base = source.rotation().base();
        Path parent = source.path().toAbsolutePath().normalize().getParent();
        Path directory = parent == null ? null : parent.getFileName();
        boolean isFile = !source.path().equals(Sources.STANDARD_INPUT);
        return isFile && directory != null ? directory + "/" + base : base;
    }

    private static String setOf(LogSource source, Beginning beginning) {
        Path parent = source.path().toAbsolutePath().normalize().getParent();
        return beginning.format().label() + " " + parent + " "
                + source.rotation().base();
    }

    /** With the year that was given for the oldest line, and every other as far after it as it was before. */
    private List<FoundLog> dated() {
        OptionalInt year = options.firstYear();
        Optional<FoundLog> oldest = found.stream()
                .filter(log -> log.beginning().yearless())
                .min(Comparator.comparingLong(FoundLog::firstMs));
        if (year.isEmpty() || oldest.isEmpty()) {
            return new ArrayList<>(found);
        }
        int shift = year.getAsInt() - oldest.get().beginning().year();
        List<FoundLog> dated = new ArrayList<>();
        found.forEach(log ->
                dated.add(log.beginning().yearless() ? log.in(log.beginning().year() + shift) : log));
        return dated;
    }

    /** A log beside its packed copy, or twice under two names. */
    private List<FoundLog> withoutCopies(List<FoundLog> logs) {
        List<FoundLog> kept = new ArrayList<>();
        for (FoundLog log : logs) {
            FoundLog same = sameIn(kept, log);
            if (same == null) {
                kept.add(log);
            } else {
                notes.add(log.name() + " is left out: it begins as " + same.name() + " does");
            }
        }
        return kept;
    }

    private static @Nullable FoundLog sameIn(List<FoundLog> kept, FoundLog log) {
        for (int i = kept.size() - 1; i >= 0 && kept.get(i).firstMs() == log.firstMs(); i--) {
            if (kept.get(i).sample().firstLines().equals(log.sample().firstLines())) {
                return kept.get(i);
            }
        }
        return null;
    }
}
