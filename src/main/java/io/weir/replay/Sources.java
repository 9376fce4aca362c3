package io.weir.replay;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Where history is.
 *
 * @param paths files, plain or compressed by gzip or zstd, and directories of such; {@link #STANDARD_INPUT} at most once
 * @param standardInput what {@link #STANDARD_INPUT} stands for; read once, not closed
 */
public record Sources(List<Path> paths, InputStream standardInput) {
    public static final Path STANDARD_INPUT = Path.of("-");

    public Sources {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new HistoryException("there is no history without a file; - reads standard input");
        }
        if (paths.stream().filter(STANDARD_INPUT::equals).count() > 1) {
            throw new HistoryException("standard input can be read once, and - stands there twice");
        }
    }

    public static Sources of(Path... files) {
        return new Sources(List.of(files), InputStream.nullInputStream());
    }

    /** Whether the same history can be opened again. */
    public boolean repeatable() {
        return !paths.contains(STANDARD_INPUT);
    }
}
