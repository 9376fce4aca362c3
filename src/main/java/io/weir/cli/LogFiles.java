package io.weir.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;

/** What commands that read a log ask of their arguments. */
final class LogFiles {
    private LogFiles() {}

    static void requireReadable(Path file) {
        if (!Files.exists(file)) {
            throw CommandException.usage("log " + file + " does not exist");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandException.usage("log " + file + " is not a file that can be read");
        }
    }

    static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw CommandException.usage("--zone '" + zone + "' is not a time zone such as Europe/Vienna or +02:00", e);
        }
    }
}
