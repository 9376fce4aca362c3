package io.weir.replay.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a log was before: {@code mail.log.1}, or {@code mail.log-20261125}; not what was compressed, which cannot be gone on with. */
final class RotatedLogs {
    private static final Pattern SUFFIX = Pattern.compile("\\.(\\d{1,6})|-(\\d{8}(?:-\\d{1,10})?)");

    private record Rotated(Path path, int number, String date) {}

    private RotatedLogs() {}

    /** The oldest first. */
    static List<Path> of(Path log) throws IOException {
        String name = String.valueOf(log.getFileName());
        List<Rotated> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                directory(log), path -> String.valueOf(path.getFileName()).startsWith(name))) {
            for (Path path : all) {
                Matcher suffix =
                        SUFFIX.matcher(String.valueOf(path.getFileName()).substring(name.length()));
                if (suffix.matches() && Files.isRegularFile(path)) {
                    found.add(rotated(path, suffix));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
        found.sort(Comparator.comparingInt(Rotated::number).reversed().thenComparing(Rotated::date));
        return found.stream().map(Rotated::path).toList();
    }

    private static Path directory(Path log) {
        Path parent = log.getParent();
        return parent == null ? Path.of("") : parent;
    }

    private static Rotated rotated(Path path, Matcher suffix) {
        String number = suffix.group(1);
        String date = suffix.group(2);
        return new Rotated(path, number == null ? 0 : Integer.parseInt(number), date == null ? "" : date);
    }
}
