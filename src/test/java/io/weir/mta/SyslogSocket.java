package io.weir.mta;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Listens where a program looks for syslog, and writes what comes to a file as syslogd does: without the priority, with a host. */
final class SyslogSocket implements AutoCloseable {
    private static final String HOST = "mx";

    private final ServerSocketChannel server;
    private final Path log;

    SyslogSocket(Path socket, Path log) throws IOException {
        this.log = Files.createFile(log);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        daemon(this::serve);
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel program = server.accept();
                daemon(() -> read(program));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** The C library ends each message with a zero. */
    private void read(SocketChannel program) {
        try (InputStream in = Channels.newInputStream(program)) {
            StringBuilder message = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == 0) {
                    write(message.toString());
                    message.setLength(0);
                } else {
                    message.append((char) next);
                }
            }
        } catch (IOException e) {
            // the program has ended
        }
    }

    /** {@code <22>Nov 25 13:42:11 sendmail[9]: text} */
    private synchronized void write(String message) throws IOException {
        int stamp = message.indexOf('>') + 1;
        int tag = stamp + "Nov 25 13:42:11 ".length();
        String line = message.substring(stamp, tag) + HOST + " "
                + message.substring(tag).strip() + "\n";
        Files.writeString(log, line, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "syslog");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
