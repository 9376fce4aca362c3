package io.weir.mta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An OpenSMTPD of its own: own port on loopback, and of the directories that are compiled into it its own as well, since it lives in a mount
 * namespace. It takes mail for example.com; clients on loopback say whom they speak for as a proxy does.
 *
 * <p>What concerns Weir comes from {@code deploy/mta/opensmtpd} as it is, with but the filter's path and the port changed.
 */
final class OpenSmtpd {
    /** Unpacked, not installed: Debian's OpenSMTPD and its Postfix exclude each other. */
    static final String PROGRAM = "/opt/weir-mta/opensmtpd/usr/sbin/smtpd";

    private static final Path OURS = Path.of("deploy", "mta", "opensmtpd");
    private static final String SHIPPED_COMMAND = "/usr/local/libexec/weir-filter 127.0.0.1:10451";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What it insists on having; all of it is gone with its last process. */
    private static final String OWN_DIRECTORIES = """
            set -e
            for directory in /run /var/spool /var/lib; do mount -t tmpfs none $directory; done
            mkdir -m 711 /var/spool/smtpd
            mkdir -p /var/lib/opensmtpd/empty
            exec "$@"
            """;

    private final Path directory;
    private final int port;
    private final Process daemon;

    /** @param server what its filter takes as the PolicyServer's address */
    static OpenSmtpd start(String server) throws Exception {
        Path directory = Files.createTempDirectory("weir-opensmtpd");
        // The filter is started by another user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path filter = Files.copy(OURS.resolve("weir-filter"), directory.resolve("weir-filter"));
        Files.setPosixFilePermissions(filter, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Path configuration = directory.resolve("smtpd.conf");
        Files.writeString(configuration, configuration(filter + " " + server, port));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        OpenSmtpd started = new OpenSmtpd(directory, port, run(directory, configuration));
        Awaitility.await().atMost(PATIENCE).until(started::listens);
        return started;
    }

    private OpenSmtpd(Path directory, int port, Process daemon) {
        this.directory = directory;
        this.port = port;
        this.daemon = daemon;
    }

    private static Process run(Path directory, Path configuration) throws IOException {
        return new ProcessBuilder(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        OWN_DIRECTORIES,
                        "sh",
                        PROGRAM,
                        "-d",
                        "-f",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private static String configuration(String command, int port) throws IOException {
        String ours = Files.readString(OURS.resolve("smtpd.conf"));
        if (!ours.contains(SHIPPED_COMMAND)) {
            throw new IllegalStateException("smtpd.conf has no " + SHIPPED_COMMAND);
        }
        return """
                table users { "user@example.com" = "root", "two@example.com" = "root", "postmaster@example.com" = "root" }
                %s
                listen on 127.0.0.1 port %d proxy-v2 filter "weir" hostname mx.example.com
                action "away" mda "/bin/true" virtual <users>
                match from any for domain "example.com" action "away"
                """.formatted(ours.replace(SHIPPED_COMMAND, command), port);
    }

    private boolean listens() {
        if (!daemon.isAlive()) {
            throw new IllegalStateException("OpenSMTPD ended: " + logged());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A session in the name of this address. */
    SmtpSession session(String address) throws IOException {
        return SmtpSession.proxiedInBinary(port, address);
    }

    /** What OpenSMTPD has logged so far. */
    String logged() {
        try {
            return Files.readString(directory.resolve("said"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "nothing: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops it, then deletes what it had. */
    void stop() throws Exception {
        daemon.destroy();
        if (!daemon.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
