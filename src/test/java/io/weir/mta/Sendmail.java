package io.weir.mta;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A sendmail of its own, in a network, a host name and a process table of its own, so that clients have whatever address a test wants. It takes
 * mail for example.com, keeps it in its queue and delivers nothing.
 *
 * <p>What concerns Weir comes from {@code deploy/mta/sendmail/weir.mc} as it is, with but the socket's path changed.
 */
final class Sendmail {
    /** Unpacked, not installed: Debian's sendmail and its Postfix exclude each other. */
    static final String PROGRAM = "/opt/weir-mta/sendmail/usr/libexec/sendmail/sendmail";

    private static final String MACROS = "/opt/weir-mta/sendmail/usr/share/sendmail/cf/m4/cf.m4";
    private static final Path LINES = Path.of("deploy", "mta", "sendmail", "weir.mc");
    private static final String SHIPPED_SOCKET = "local:/run/weir/milter,";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PORT = 10_025;

    /** The addresses of documentation are all this host's own; a host name with a dot, or sendmail waits a minute for one. */
    private static final String START = """
            hostname mx.example.com
            mount --bind %1$s/hosts /etc/hosts
            mkdir %1$s/dev
            for node in null zero random urandom; do
                touch "%1$s/dev/$node" && mount --bind "/dev/$node" "%1$s/dev/$node"
            done
            mount --bind %1$s/dev /dev
            ln -s %1$s/syslog /dev/log
            ip link set lo up
            for net in 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24; do ip route add local "$net" dev lo; done
            %2$s -C%1$s/sendmail.cf -bD -X %1$s/traffic &
            exec %3$s -cp target/test-classes io.weir.mta.SessionRelay %1$s/relay %4$d
            """;

    private final Path directory;
    private final Process namespace;
    private final SyslogSocket syslog;

    /** Where it starts; the edge's socket must be in there. */
    static Path newDirectory() throws IOException {
        // sendmail trusts nothing below a directory that everyone may write to.
        Path directory = Files.createTempDirectory(Path.of("/run"), "weir-sendmail");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    /** Starts one that asks at this Unix socket. */
    static Sendmail start(Path directory, Path socket) throws Exception {
        Path queue = Files.createDirectory(directory.resolve("queue"));
        Files.setPosixFilePermissions(queue, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.resolve("empty"), "");
        Files.writeString(directory.resolve("switch"), "hosts files\n");
        Files.writeString(directory.resolve("hosts"), hosts());
        Files.writeString(directory.resolve("sendmail.mc"), configuration(directory, socket));
        compile(directory);
        SyslogSocket syslog = new SyslogSocket(directory.resolve("syslog"), directory.resolve("mail.log"));
        Sendmail sendmail = new Sendmail(directory, run(directory), syslog);
        Awaitility.await().atMost(PATIENCE).until(() -> sendmail.greeting().startsWith("250"));
        return sendmail;
    }

    private Sendmail(Path directory, Process namespace, SyslogSocket syslog) {
        this.directory = directory;
        this.namespace = namespace;
        this.syslog = syslog;
    }

    /** Clients have names: to one without, sendmail says 450 where it would say 550. */
    private static String hosts() {
        StringBuilder hosts = new StringBuilder("127.0.0.1 mx.example.com localhost\n");
        for (int i = 1; i < 255; i++) {
            hosts.append("203.0.113.%1$d client%1$d.example.net%n".formatted(i));
        }
        return hosts.toString();
    }

    private static String configuration(Path directory, Path socket) throws IOException {
        String ours = Files.readString(LINES);
        if (!ours.contains(SHIPPED_SOCKET)) {
            throw new IllegalStateException(LINES + " has no " + SHIPPED_SOCKET);
        }
        return """
                divert(0)dnl
                include(`%1$s')dnl
                OSTYPE(`linux')dnl
                DOMAIN(`generic')dnl
                define(`confDOMAIN_NAME', `mx.example.com')dnl
                define(`confPID_FILE', `%2$s/pid')dnl
                define(`QUEUE_DIR', `%2$s/queue')dnl
                define(`STATUS_FILE', `%2$s/status')dnl
                define(`HELP_FILE', `')dnl
                define(`ALIAS_FILE', `')dnl
                define(`confCW_FILE', `%2$s/empty')dnl
                define(`confCT_FILE', `%2$s/empty')dnl
                define(`confCR_FILE', `%2$s/empty')dnl
                define(`confSERVICE_SWITCH_FILE', `%2$s/switch')dnl
                define(`confDEF_USER_ID', `8:8')dnl
                define(`confTO_IDENT', `0s')dnl
                define(`confDELIVERY_MODE', `q')dnl
                FEATURE(`no_default_msa')dnl
                FEATURE(`accept_unresolvable_domains')dnl
                FEATURE(`nocanonify')dnl
                DAEMON_OPTIONS(`Port=%3$d, Addr=127.0.0.1, Name=MTA')dnl
                %4$s
                MAILER(`local')dnl
                MAILER(`smtp')dnl
                LOCAL_CONFIG
                Cwexample.com
                """.formatted(MACROS, directory, PORT, ours.replace(SHIPPED_SOCKET, "local:" + socket + ","));
    }

    private static void compile(Path directory) throws Exception {
        Process m4 = new ProcessBuilder("m4", directory.resolve("sendmail.mc").toString())
                .redirectOutput(directory.resolve("sendmail.cf").toFile())
                .redirectError(directory.resolve("said").toFile())
                .start();
        if (m4.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("said")));
        }
    }

    private static Process run(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String script = START.formatted(directory, PROGRAM, java, PORT);
        return new ProcessBuilder(
                        "unshare", "-mnu", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec", script)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
    }

    private String greeting() {
        try (SmtpSession session = session("203.0.113.254")) {
            return session.say("NOOP");
        } catch (IOException e) {
            return "";
        }
    }

    /** A session from this address. */
    SmtpSession session(String address) throws IOException {
        return SmtpSession.relayed(directory.resolve("relay"), address);
    }

    /** What it has told syslog. */
    Path log() {
        return directory.resolve("mail.log");
    }

    /** What was said so far, by clients and by sendmail. */
    String logged() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {"said", "traffic"}) {
            Path log = directory.resolve(name);
            all.append(Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "");
        }
        return all.toString();
    }

    /** Stops it, and all that runs beside it, then deletes what it had. */
    void stop() throws Exception {
        // unshare waits for what it has started, whatever it is told; what is killed takes that along.
        namespace.destroyForcibly().waitFor();
        syslog.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
