package io.weir.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps on disk what is usual and when mail was last seen, so that an edge knows after its return that it was away. */
final class SilenceFile {
    private static final Logger log = LoggerFactory.getLogger(SilenceFile.class);

    private final Path file;
    private final SilenceWatch watch;
    private String saved;
    private boolean failing;

    /** Reads the file; what cannot be read is learnt anew, since mail does not wait for it. */
    SilenceFile(Path file) {
        this.file = file;
        this.watch = read(file);
        this.saved = watch.state();
    }

    private static SilenceWatch read(Path file) {
        try {
            return SilenceWatch.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return new SilenceWatch();
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} cannot be read, what is usual is learnt anew: {}", file, e.toString());
            return new SilenceWatch();
        }
    }

    SilenceWatch watch() {
        return watch;
    }

    /** Writes what is new; in whole or not at all. */
    synchronized void save() {
        String state = watch.state();
        if (state.equals(saved)) {
            return;
        }
        try {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, state, StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            saved = state;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                log.warn(
                        "{} cannot be written; after a restart nobody knows how long mail was away: {}",
                        file,
                        e.toString());
            }
        }
    }
}
