package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.Needs;
import io.weir.config.SiteSecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge that systemd's own tool starts when the first question comes: that question waits in the socket, and is answered. */
@Needs("/usr/bin/systemd-socket-activate")
@Timeout(120)
class SocketActivationIT {
    private static final String QUESTION = "request=smtpd_access_policy\nprotocol_state=RCPT\n"
            + "client_address=203.0.113.7\nrecipient=user@example.com\n\n";

    @TempDir
    Path dir;

    private Process process;

    @AfterEach
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void theQuestionThatStartsItIsAnsweredAndSoAreOthersOnEachSocket() throws Exception {
        SiteSecret.readOrCreate(dir.resolve("site.secret"));
        int port = freePort();
        Path socket = dir.resolve("policy");
        process = activated(port, socket);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(socket));
        assertThat(askTcp(port)).isEqualTo("action=DUNNO");
        assertThat(askUnix(socket)).startsWith("action=DUNNO\n");
        assertThat(askTcp(port)).isEqualTo("action=DUNNO");
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(socket).as("systemd made it, and keeps it").exists();
        assertThat(Files.readString(dir.resolve("log")))
                .contains("edge answers at 127.0.0.1:" + port + " and " + socket + ",");
    }

    private Process activated(int port, Path socket) throws IOException {
        List<String> command = List.of(
                "/usr/bin/systemd-socket-activate",
                "-l",
                "127.0.0.1:" + port,
                "-l",
                socket.toString(),
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.weir.cli.Weir",
                "edge",
                "-D",
                "bootstrap.servers=127.0.0.1:1",
                "-D",
                "data.dir=" + dir,
                "-D",
                "http.port=0");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String askTcp(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            client.setSoTimeout(60_000);
            client.getOutputStream().write(QUESTION.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static String askUnix(Path socket) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            client.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(100);
            client.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }
}
