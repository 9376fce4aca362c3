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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Postfix of its own, beside whatever Postfix the machine has: own directory, own port on loopback, nothing leaves it. It takes mail for
 * example.com and throws it away; clients on loopback may say whom they speak for (XCLIENT).
 *
 * <p>What concerns Weir comes from {@code deploy/mta/postfix} as it is, with but the place to ask at changed.
 */
final class Postfix {
    static final String PROGRAM = "/usr/sbin/postfix";

    private static final Path LINES = Path.of("deploy", "mta", "postfix", "main.cf");
    private static final String SHIPPED = "unix:weir/policy";
    private static final Path MILTER_LINES = Path.of("deploy", "mta", "postfix", "milter.cf");
    private static final String SHIPPED_MILTER = "unix:weir/milter";
    private static final String SHIPPED_OTHER = "unix:other/milter";
    /** What rejects for good comes before every milter. */
    private static final String CHECKS =
            "smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, reject_unlisted_recipient\n";

    private static final String EVERYBODY = "relay_recipient_maps =\n";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final int port;

    /** Starts one that asks at this policy port. */
    static Postfix start(int policyPort) throws Exception {
        return start("inet:127.0.0.1:" + policyPort, "");
    }

    /** Starts one with TLS that asks clients for a certificate, as deploy/mta/README.md says. */
    static Postfix startWithTls(int policyPort, TestCertificates certificates) throws Exception {
        return start("inet:127.0.0.1:" + policyPort, """
                smtpd_tls_security_level = may
                smtpd_tls_ask_ccert = yes
                smtpd_tls_fingerprint_digest = sha256
                smtpd_tls_cert_file = %s
                smtpd_tls_key_file = %s
                smtpd_tls_CAfile = %s
                """.formatted(
                certificates.certificate("server"), certificates.key("server"), certificates.certificate("ca")));
    }

    /** Starts one whose users log in by a {@link LoginServer}. */
    static Postfix startWithLogins(int policyPort, int loginPort) throws Exception {
        return start("inet:127.0.0.1:" + policyPort, """
                smtpd_sasl_auth_enable = yes
                smtpd_sasl_type = dovecot
                smtpd_sasl_path = inet:127.0.0.1:%d
                """.formatted(loginPort));
    }

    /** Starts one that takes mail for everybody at example.com. */
    static Postfix startForEverybody(int policyPort) throws Exception {
        return start("inet:127.0.0.1:" + policyPort, EVERYBODY);
    }

    /** Starts one that takes mail for everybody at example.com, and knows nothing of Weir. */
    static Postfix startWithoutWeir() throws Exception {
        return startWith(EVERYBODY + CHECKS);
    }

    /** Starts one that delivers it to this port, too. */
    static Postfix startDeliveringTo(int sinkPort, int policyPort) throws Exception {
        return start(
                "inet:127.0.0.1:" + policyPort,
                EVERYBODY + "relay_transport = smtp:[127.0.0.1]:%d%n".formatted(sinkPort));
    }

    /** Starts one that asks at the Unix socket {@link #socket()}, as shipped. */
    static Postfix startWithSocket() throws Exception {
        return start(SHIPPED, "");
    }

    /** Starts one that has Weir as its last milter, at this port, after another. */
    static Postfix startWithMilters(int otherPort, int milterPort) throws Exception {
        String lines = shipped(MILTER_LINES, SHIPPED_MILTER, "inet:127.0.0.1:" + milterPort);
        if (!lines.contains(SHIPPED_OTHER)) {
            throw new IllegalStateException(MILTER_LINES + " has no " + SHIPPED_OTHER);
        }
        return startWith(CHECKS + lines.replace(SHIPPED_OTHER, "inet:127.0.0.1:" + otherPort));
    }

    private static Postfix start(String server, String more) throws Exception {
        return startWith(more + shipped(LINES, SHIPPED, server));
    }

    private static String shipped(Path lines, String place, String server) throws IOException {
        String ours = Files.readString(lines);
        if (!ours.contains(place)) {
            throw new IllegalStateException(lines + " has no " + place);
        }
        return ours.replace(place, server);
    }

    private static Postfix startWith(String lines) throws Exception {
        Path directory = Files.createTempDirectory("weir-postfix");
        // Postfix's daemons run as another user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Postfix postfix = new Postfix(directory, freePort());
        postfix.configure(lines);
        postfix.run("start");
        Awaitility.await().atMost(PATIENCE).until(postfix::listens);
        return postfix;
    }

    private Postfix(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Where it looks for the socket. */
    Path socket() {
        return directory.resolve("spool/weir/policy");
    }

    int port() {
        return port;
    }

    private void configure(String lines) throws Exception {
        for (String name : List.of("etc", "spool", "data")) {
            Files.createDirectory(directory.resolve(name));
        }
        command("chown", "postfix", directory.resolve("data").toString());
        Files.createDirectory(socket().getParent());
        Map<String, String> settings = Map.ofEntries(
                Map.entry("compatibility_level", "3.6"),
                Map.entry("queue_directory", directory.resolve("spool").toString()),
                Map.entry("data_directory", directory.resolve("data").toString()),
                Map.entry("command_directory", "/usr/sbin"),
                Map.entry("daemon_directory", "/usr/lib/postfix/sbin"),
                Map.entry("maillog_file", log().toString()),
                Map.entry("maillog_file_prefixes", "/var, /tmp, " + directory),
                Map.entry("inet_interfaces", "127.0.0.1"),
                Map.entry("inet_protocols", "ipv4"),
                Map.entry("myhostname", "mx.example.com"),
                Map.entry("mydestination", ""),
                Map.entry("mynetworks", "192.0.2.128/25"),
                Map.entry("relay_domains", "example.com"),
                Map.entry(
                        "relay_recipient_maps",
                        "inline:{user@example.com=x, two@example.com=x, postmaster@example.com=x}"),
                // As shipped it would answer 454, and the client would try again.
                Map.entry("smtpd_relay_restrictions", "permit_mynetworks, reject_unauth_destination"),
                Map.entry("relay_transport", "discard:"),
                Map.entry("default_transport", "error:5.1.2 nothing leaves this test"),
                Map.entry("alias_maps", ""),
                Map.entry("local_recipient_maps", ""),
                Map.entry("append_dot_mydomain", "no"),
                Map.entry("smtpd_peername_lookup", "no"),
                Map.entry("smtpd_authorized_xclient_hosts", "127.0.0.1"),
                Map.entry("smtpd_client_connection_count_limit", "0"),
                Map.entry("in_flow_delay", "0"));
        String main = settings.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .sorted()
                .collect(Collectors.joining());
        Files.writeString(directory.resolve("etc/main.cf"), main + lines);
        Files.writeString(directory.resolve("etc/master.cf"), services());
    }

    /** Of Postfix's own services only what a message that is thrown away needs. */
    private String services() {
        return """
                127.0.0.1:%d inet n - n - - smtpd
                cleanup unix n - n - 0 cleanup
                qmgr unix n - n 300 1 qmgr
                tlsmgr unix - - n 1000? 1 tlsmgr
                rewrite unix - - n - - trivial-rewrite
                bounce unix - - n - 0 bounce
                defer unix - - n - 0 bounce
                trace unix - - n - 0 bounce
                proxymap unix - - n - - proxymap
                error unix - - n - - error
                retry unix - - n - - error
                discard unix - - n - - discard
                smtp unix - - n - - smtp
                anvil unix - - n - 1 anvil
                postlog unix-dgram n - n - 1 postlogd
                """.formatted(port);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Its log. */
    Path log() {
        return directory.resolve("maillog");
    }

    /** What Postfix has logged so far. */
    String logged() throws IOException {
        return Files.exists(log()) ? Files.readString(log(), StandardCharsets.UTF_8) : "";
    }

    private void run(String order) throws Exception {
        command(PROGRAM, "-c", directory.resolve("etc").toString(), order);
    }

    private void command(String... command) throws Exception {
        Path said = directory.resolve("command.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " failed: " + Files.readString(said) + logged());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops it, then deletes what it had. */
    void stop() throws Exception {
        run("stop");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !Files.exists(directory.resolve("spool/pid/master.pid")) || !listens());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
