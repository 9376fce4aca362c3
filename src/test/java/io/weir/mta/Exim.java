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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * An Exim of its own: own directory, own port on loopback. It takes mail for example.com, keeps it in its queue and delivers nothing; clients on
 * loopback say whom they speak for as a proxy does.
 *
 * <p>What concerns Weir comes from {@code deploy/mta/exim/acl.conf} as it is, with but the port changed.
 */
final class Exim {
    /** Unpacked, not installed: Debian's Exim and its Postfix exclude each other. */
    static final String PROGRAM = "/opt/weir-mta/exim/usr/sbin/exim4";

    private static final Path LINES = Path.of("deploy", "mta", "exim", "acl.conf");
    private static final String SHIPPED_PORT = "inet:127.0.0.1:10451";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;
    private final Process daemon;

    /** Starts one that asks at this policy port. */
    static Exim start(int policyPort) throws Exception {
        return start(policyPort, "queue_only = true");
    }

    /** Starts one with more of a configuration. */
    static Exim start(int policyPort, String more) throws Exception {
        Path directory = Files.createTempDirectory("weir-exim");
        // Exim reads its configuration again as another user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path spool = Files.createDirectory(directory.resolve("spool"));
        Files.setOwner(
                spool, spool.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("mail"));
        int port = freePort();
        Path configuration = directory.resolve("exim.conf");
        Files.writeString(configuration, configuration(directory, port, policyPort, more));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        Exim exim = new Exim(directory, port, run(directory, configuration, "-bdf"));
        Awaitility.await().atMost(PATIENCE).until(exim::listens);
        return exim;
    }

    private Exim(Path directory, int port, Process daemon) {
        this.directory = directory;
        this.port = port;
        this.daemon = daemon;
    }

    private static Process run(Path directory, Path configuration, String order) throws IOException {
        return new ProcessBuilder(PROGRAM, "-C", configuration.toString(), order)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("said").toFile()))
                .start();
    }

    /** The ACLs end where the file says that its lines go. */
    private static String configuration(Path directory, int port, int policyPort, String more) throws IOException {
        String ours = Files.readString(LINES);
        if (!ours.contains(SHIPPED_PORT)) {
            throw new IllegalStateException(LINES + " has no " + SHIPPED_PORT);
        }
        return """
                exim_user = mail
                exim_group = mail
                keep_environment =
                primary_hostname = mx.example.com
                spool_directory = %1$s/spool
                log_file_path = %1$s/spool/%%slog
                pid_file_path = %1$s/spool/pid
                local_interfaces = 127.0.0.1
                daemon_smtp_ports = %2$d
                hosts_proxy = 127.0.0.1
                host_lookup =
                rfc1413_hosts =
                tls_advertise_hosts =
                smtp_enforce_sync = false
                smtp_accept_max = 0
                %4$s
                allow_utf8_domains = true
                acl_smtp_rcpt = check_rcpt
                acl_smtp_data = check_data

                begin acl
                %3$s
                check_rcpt:
                  accept hosts = 192.0.2.128/25
                  accept authenticated = *
                  deny domains = !example.com
                       message = 550 5.7.1 relay not permitted
                  deny !verify = recipient
                       message = 550 5.1.1 unknown user
                  require acl = weir_rcpt
                  accept

                check_data:
                  require acl = weir_data
                  accept

                begin routers
                known:
                  driver = redirect
                  domains = example.com
                  local_parts = user : two : postmaster
                  data = :blackhole:
                """.formatted(directory, port, ours.replace(SHIPPED_PORT, "inet:127.0.0.1:" + policyPort), more);
    }

    private boolean listens() {
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

    /** Has it deliver what is in its queue. */
    void deliver() throws Exception {
        run(directory, directory.resolve("exim.conf"), "-q").waitFor();
    }

    /** Its main log. */
    Path log() {
        return directory.resolve("spool/mainlog");
    }

    /** What Exim has logged so far, of everything. */
    String logged() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : List.of("said", "spool/mainlog", "spool/rejectlog", "spool/paniclog")) {
            Path log = directory.resolve(name);
            all.append(Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "");
        }
        return all.toString();
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
