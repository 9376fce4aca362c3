package io.weir.edge;

import io.weir.edge.EventSpool.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that Kafka will never take, such as those of a clock that is ahead: set aside in a file, one JSON record a line, so that the rest goes on
 * and a person can look. At {@value #MOST_BYTES} bytes the file becomes {@code .1}, which replaces the one before.
 */
final class RefusedEvents {
    static final long MOST_BYTES = 10L * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(RefusedEvents.class);

    private final Path file;
    private final long mostBytes;

    RefusedEvents(Path file) {
        this(file, MOST_BYTES);
    }

    RefusedEvents(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /** Keeps the record as it would have been on the topic. */
    void add(Entry entry) {
        try {
            if (Files.exists(file) && Files.size(file) + entry.value().length > mostBytes) {
                Files.move(file, older(), StandardCopyOption.REPLACE_EXISTING);
            }
            String line = new String(entry.value(), StandardCharsets.UTF_8) + "\n";
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            log.warn("a refused event cannot be kept in {}: {}", file, e.toString());
        }
    }

    private Path older() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    Path file() {
        return file;
    }
}
