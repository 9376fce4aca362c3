package io.weir.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets. */
@Timeout(30)
class PolicyServerTest {
    private static final String REQUEST = "request=smtpd_access_policy\nprotocol_state=RCPT\n\n";
    private static final String ANSWER = "action=DUNNO\n\n";

    @TempDir
    Path directory;

    private final PolicyService service = new PolicyService() {
        @Override
        public String answer(PolicyQuestion request, Object connection) {
            return DUNNO;
        }

        @Override
        public void closed(Object connection) {}
    };

    private PolicyServer listen(String host, Optional<Integer> port, Optional<Path> socket, String group) {
        return PolicyServer.listen(
                new PolicyOptions(host, port, socket, group, 10, 60), service, new SimpleMeterRegistry());
    }

    /** Asks, says that this was all, and reads until the server has said all as well. */
    private static String ask(SocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
            channel.shutdownOutput();
            ByteBuffer read = ByteBuffer.allocate(1_000);
            while (channel.read(read) >= 0) {
                assertThat(read.hasRemaining()).isTrue();
            }
            return new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void overTcpWhoHalfClosesIsAnsweredAndThenLeft() throws IOException {
        try (PolicyServer server = listen("127.0.0.1", Optional.of(0), Optional.empty(), "")) {
            assertThat(ask(new InetSocketAddress("127.0.0.1", server.port()))).isEqualTo(ANSWER);
        }
    }

    @Test
    void theUnixSocketIsForItsGroupAloneAndGoesWithTheServer() throws IOException {
        Path socket = directory.resolve("policy");
        try (PolicyServer server = listen("127.0.0.1", Optional.empty(), Optional.of(socket), "")) {
            assertThat(server.port()).isZero();
            assertThat(ask(UnixDomainSocketAddress.of(socket))).isEqualTo(ANSWER);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-rw----");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void aSocketThatAKilledEdgeLeftBehindIsReplacedAndAFileIsNot() throws IOException {
        Path socket = directory.resolve("policy");
        Path file = Files.writeString(directory.resolve("file"), "precious");
        try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        try (PolicyServer server = listen("127.0.0.1", Optional.empty(), Optional.of(socket), "")) {
            assertThat(server.port()).isZero();
            assertThat(ask(UnixDomainSocketAddress.of(socket))).isEqualTo(ANSWER);
        }
        assertThatThrownBy(() -> listen("127.0.0.1", Optional.empty(), Optional.of(file), ""))
                .isInstanceOf(PolicyServerException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("precious");
    }

    /** A second edge took it over once, and deleted it when it ended. */
    @Test
    void aSocketOnWhichAnotherEdgeListensIsLeftToIt() throws IOException {
        Path socket = directory.resolve("policy");
        try (PolicyServer first = listen("127.0.0.1", Optional.empty(), Optional.of(socket), "")) {
            assertThatThrownBy(() -> listen("127.0.0.1", Optional.empty(), Optional.of(socket), ""))
                    .isInstanceOf(PolicyServerException.class)
                    .hasMessageContaining("somebody listens on socket " + socket + " already");
            assertThat(first.port()).isZero();
            assertThat(ask(UnixDomainSocketAddress.of(socket))).isEqualTo(ANSWER);
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void whatCannotBeHadIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> listen("127.0.0.1", Optional.of(taken.getLocalPort()), Optional.empty(), ""))
                    .isInstanceOf(PolicyServerException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1 is in use");
        }
        assertThatThrownBy(() -> listen("0.0.0.0", Optional.of(0), Optional.empty(), ""))
                .isInstanceOf(PolicyServerException.class)
                .hasMessageContaining("believes its caller");
        Path socket = directory.resolve("policy");
        assertThatThrownBy(() -> listen("127.0.0.1", Optional.empty(), Optional.of(socket), "no-such-group"))
                .isInstanceOf(PolicyServerException.class)
                .hasMessageContaining("there is no group no-such-group");
    }
}
