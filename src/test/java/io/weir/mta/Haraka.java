package io.weir.mta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Haraka of its own: own directory, own port on loopback. It takes mail for example.com and throws it away; clients on loopback say whom they
 * speak for as a proxy does.
 *
 * <p>What concerns Weir comes from {@code deploy/mta/haraka} as it is, with but the port changed.
 */
final class Haraka {
    /** As npm puts it there. */
    static final String PROGRAM = "/opt/weir-mta/haraka/node_modules/.bin/haraka";

    /** What {@code haraka -i} would copy; without it there is no bound for a line, and Haraka ends at the first. */
    private static final Path SHIPPED = Path.of("/opt/weir-mta/haraka/node_modules/Haraka/config/connection.ini");

    private static final Path OURS = Path.of("deploy", "mta", "haraka");
    private static final String SHIPPED_PORT = "port=10451";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a site has of its own: hosts that may relay, recipients, and what refuses a message when it has come whole. */
    private static final String SITE = """
            exports.hook_connect = (next, connection) => {
                connection.relaying = connection.remote.ip.startsWith('192.0.2.')
                next()
            }
            const text = (address) => `${address}`.replace(/[<>]/g, '')
            exports.hook_rcpt = (next, connection, params) => {
                const known = ['user', 'two', 'postmaster'].some((name) => text(params[0]) === `${name}@example.com`)
                if (known) return next(OK)
                next(DENY, text(params[0]).endsWith('@example.com') ? '5.1.1 unknown user' : '5.7.1 relay not permitted')
            }
            exports.hook_queue = (next, connection) => {
                const isRefused = text(connection.transaction.mail_from).startsWith('refused')
                next(isRefused ? DENY : OK, isRefused ? '5.7.1 not wanted' : 'thrown away')
            }
            exports.hook_queue_outbound = exports.hook_queue
            """;

    private final Path directory;
    private final int port;
    private final Process daemon;

    /** Starts one that asks at this policy port. */
    static Haraka start(int policyPort) throws Exception {
        String ours = Files.readString(OURS.resolve("config/weir.ini"));
        if (!ours.contains(SHIPPED_PORT)) {
            throw new IllegalStateException("weir.ini has no " + SHIPPED_PORT);
        }
        return start(ours.replace(SHIPPED_PORT, "port=" + policyPort));
    }

    /** Starts one with this {@code weir.ini}. */
    static Haraka start(String weirIni) throws Exception {
        Path directory = Files.createTempDirectory("weir-haraka");
        int port = freePort();
        configure(directory, port, weirIni);
        Haraka haraka = new Haraka(directory, port, run(directory));
        Awaitility.await().atMost(PATIENCE).until(haraka::listens);
        return haraka;
    }

    private Haraka(Path directory, int port, Process daemon) {
        this.directory = directory;
        this.port = port;
        this.daemon = daemon;
    }

    private static void configure(Path directory, int port, String weirIni) throws IOException {
        Path plugins = Files.createDirectory(directory.resolve("plugins"));
        Files.copy(OURS.resolve("weir.js"), plugins.resolve("weir.js"));
        Files.writeString(plugins.resolve("site.js"), SITE);
        Path config = Files.createDirectory(directory.resolve("config"));
        Map<String, String> files = Map.of(
                "me",
                "mx.example.com\n",
                "plugins",
                "site\nweir\n",
                "weir.ini",
                weirIni,
                "log.ini",
                "level=INFO\ntimestamps=true\n",
                "smtp.ini",
                "listen=127.0.0.1:" + port + "\nnodes=0\ndaemonize=false\n",
                "connection.ini",
                Files.readString(SHIPPED).replace("\nhosts[] =", "\nhosts[] = 127.0.0.1"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(config.resolve(file.getKey()), file.getValue());
        }
    }

    private static Process run(Path directory) throws IOException {
        return new ProcessBuilder(PROGRAM, "-c", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private boolean listens() {
        if (!daemon.isAlive()) {
            throw new IllegalStateException("Haraka ended: " + logged());
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A session in the name of this address. */
    SmtpSession session(String address) throws IOException {
        return SmtpSession.proxied(port, address);
    }

    /** Its log. */
    Path log() {
        return directory.resolve("said");
    }

    /** What Haraka has logged so far. */
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
