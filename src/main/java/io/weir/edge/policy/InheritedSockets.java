package io.weir.edge.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that systemd listens on and hands over at the start (sd_listen_fds(3)): while this process is started anew, connections wait in them
 * instead of being refused.
 */
final class InheritedSockets {
    private static final int FIRST = 3;
    private static final int MOST = 16;

    /** @param path of a Unix socket; null for TCP */
    record Inherited(int descriptor, @Nullable String path) {}

    private InheritedSockets() {}

    /**
     * What was handed to this process.
     *
     * @param environment LISTEN_PID, LISTEN_FDS
     * @throws PolicyServerException when they make no sense
     */
    static List<Inherited> of(Map<String, String> environment, long pid) {
        String count = environment.get("LISTEN_FDS");
        if (count == null || !Long.toString(pid).equals(environment.get("LISTEN_PID"))) {
            return List.of(); // there are none, or they are another process's
        }
        if (!count.matches("[0-9]{1,2}") || Integer.parseInt(count) > MOST) {
            throw new PolicyServerException("LISTEN_FDS must be 0 to " + MOST + ", got '" + count + "'", null);
        }
        List<Inherited> inherited = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            inherited.add(new Inherited(FIRST + i, path(FIRST + i)));
        }
        return inherited;
    }

    /** The kernel lists Unix sockets: a line is seven fields, the last of them the inode, and then the path. */
    private static @Nullable String path(int descriptor) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            String inode = link.replaceAll("\\D", "");
            try (Stream<String> lines = Files.lines(Path.of("/proc/net/unix"))) {
                return lines.map(line -> line.trim().split(" +", 8))
                        .filter(fields -> fields.length == 8 && fields[6].equals(inode))
                        .map(fields -> fields[7])
                        .findFirst()
                        .orElse(null);
            }
        } catch (IOException e) {
            throw new PolicyServerException("file descriptor " + descriptor + " of LISTEN_FDS is no socket", e);
        }
    }
}
