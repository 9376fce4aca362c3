package io.weir.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of every bad kind at once, over real sockets; and good ones beside them, which must not notice. */
@Timeout(120)
class PolicyFuzzTest {
    private static final long SEED = 20_261_125;
    private static final int BAD_THREADS = 6;
    private static final int BAD_EACH = 80;
    private static final int GOOD_THREADS = 3;
    private static final int GOOD_EACH = 400;
    /** After so long Postfix, as configured in deploy/mta/postfix, lets mail pass. */
    private static final long MTA_PATIENCE_MS = 2_000;

    /** What the system's own buffers take, and far less than what would be a danger. */
    private static final long MOST_UNREAD_BYTES = 128L * 1024 * 1024;

    private static final int PATIENCE_MS = 20_000;
    private static final String NOISE = "\n=\r a";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Socket> leftOpen = new ArrayList<>();
    private final ExecutorService clients = Executors.newFixedThreadPool(BAD_THREADS + GOOD_THREADS);
    private final PolicyService service = new PolicyService() {
        @Override
        public String answer(PolicyQuestion request, Object connection) {
            return "451 4.7.500 " + request.text(PolicyAttribute.INSTANCE);
        }

        @Override
        public void closed(Object connection) {}
    };

    private PolicyServer server;

    @BeforeEach
    void listen() {
        server = PolicyServer.listen(
                new PolicyOptions("127.0.0.1", Optional.of(0), Optional.empty(), "", 1_000, 60), service, registry);
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
        server.close();
    }

    @Test
    void whoIsGoodIsAnsweredInTimeWhateverOthersDo() throws Exception {
        List<Future<Long>> good = new ArrayList<>();
        List<Future<Long>> bad = new ArrayList<>();
        for (int i = 0; i < BAD_THREADS; i++) {
            Random random = new Random(SEED + i);
            bad.add(clients.submit(() -> misbehave(random)));
        }
        for (int i = 0; i < GOOD_THREADS; i++) {
            String name = "good" + i;
            good.add(clients.submit(() -> behave(name)));
        }
        for (Future<Long> one : bad) {
            one.get(60, TimeUnit.SECONDS);
        }
        long slowestMs = 0;
        for (Future<Long> one : good) {
            slowestMs = Math.max(slowestMs, one.get(60, TimeUnit.SECONDS));
        }
        assertThat(slowestMs).isLessThan(MTA_PATIENCE_MS);
        assertThat(registry.counter(MetricName.POLICY_FAILED.id()).count()).isZero();
        assertThat(registry.counter(MetricName.POLICY_MALFORMED.id()).count()).isPositive();
        for (Socket socket : leftOpen) {
            socket.close();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        registry.get(MetricName.POLICY_CONNECTIONS.id()).gauge().value() == 0);
    }

    /** Otherwise the answers that nobody fetches would fill the heap. */
    @Test
    void whoReadsNoAnswerIsHeardNoFurtherUntilItDoes() throws Exception {
        try (SocketChannel client = SocketChannel.open();
                Selector selector = Selector.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
            client.connect(new InetSocketAddress("127.0.0.1", server.port()));
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_WRITE);
            assertThat(writtenUntilFull(client, selector)).isLessThan(MOST_UNREAD_BYTES);
            assertThat(behave("meanwhile")).isLessThan(MTA_PATIENCE_MS);
            ByteBuffer answers = ByteBuffer.allocate(64 * 1024);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                client.read(answers.clear());
                return selector.selectNow() > 0;
            });
        }
    }

    /** Bytes that were taken before none was for a second. */
    private static long writtenUntilFull(SocketChannel client, Selector selector) throws IOException {
        ByteBuffer requests = ByteBuffer.wrap(new String(request("unread"), StandardCharsets.US_ASCII)
                .repeat(500)
                .getBytes(StandardCharsets.US_ASCII));
        long written = 0;
        while (written < MOST_UNREAD_BYTES && selector.select(1_000) > 0) {
            selector.selectedKeys().clear();
            written += client.write(requests);
            if (!requests.hasRemaining()) {
                requests.rewind();
            }
        }
        return written;
    }

    /** @return milliseconds until the slowest answer */
    private long behave(String name) throws IOException {
        long slowestNanos = 0;
        try (Socket socket = connect()) {
            BufferedReader in = reader(socket);
            for (int i = 0; i < GOOD_EACH; i++) {
                long asked = System.nanoTime();
                socket.getOutputStream().write(request(name + "." + i));
                assertThat(in.readLine()).isEqualTo("action=451 4.7.500 " + name + "." + i);
                assertThat(in.readLine()).isEmpty();
                slowestNanos = Math.max(slowestNanos, System.nanoTime() - asked);
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
    }

    private long misbehave(Random random) throws IOException {
        for (int i = 0; i < BAD_EACH; i++) {
            String name = "bad" + random.nextInt(1_000_000);
            switch (random.nextInt(6)) {
                case 0 -> byteByByte(name);
                case 1 -> inPieces(name, random);
                case 2 -> withoutEnd(random);
                case 3 -> noise(random);
                case 4 -> halfAndNoMore(name, random);
                default -> halfAndSilence(name, random);
            }
        }
        return BAD_EACH;
    }

    private void byteByByte(String name) throws IOException {
        try (Socket socket = connect()) {
            for (byte b : request(name)) {
                socket.getOutputStream().write(b);
            }
            assertThat(reader(socket).readLine()).isEqualTo("action=451 4.7.500 " + name);
        }
    }

    /** Many questions, in whatever pieces; every one is answered, in its turn. */
    private void inPieces(String name, Random random) throws IOException {
        int questions = 1 + random.nextInt(20);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < questions; i++) {
            all.append(new String(request(name + "." + i), StandardCharsets.US_ASCII));
        }
        try (Socket socket = connect()) {
            int sent = 0;
            while (sent < all.length()) {
                int piece = Math.min(all.length() - sent, 1 + random.nextInt(300));
                socket.getOutputStream().write(all.substring(sent, sent + piece).getBytes(StandardCharsets.US_ASCII));
                sent += piece;
            }
            BufferedReader in = reader(socket);
            for (int i = 0; i < questions; i++) {
                assertThat(in.readLine()).isEqualTo("action=451 4.7.500 " + name + "." + i);
                assertThat(in.readLine()).isEmpty();
            }
        }
    }

    /** The server ends what exceeds its bound; the answer may be lost with what it had not read. */
    private void withoutEnd(Random random) throws IOException {
        byte[] block = new byte[8 * 1024];
        Arrays.fill(block, (byte) (random.nextBoolean() ? 'x' : 0));
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            int blocks = 5 + random.nextInt(40);
            try {
                for (int i = 0; i < blocks; i++) {
                    out.write(block);
                }
                assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|abort).*");
            }
        }
    }

    private void noise(Random random) throws IOException {
        byte[] noise = new byte[random.nextInt(4_000)];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextInt(4) == 0 ? (byte) NOISE.charAt(random.nextInt(NOISE.length())) : noise[i];
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(noise);
            socket.shutdownOutput();
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(said.replace("action=DUNNO\n\n", "")).isEmpty();
        }
    }

    private void halfAndNoMore(String name, Random random) throws IOException {
        byte[] request = request(name);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request, 0, random.nextInt(request.length));
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private void halfAndSilence(String name, Random random) throws IOException {
        byte[] request = request(name);
        Socket socket = connect();
        synchronized (leftOpen) {
            leftOpen.add(socket);
        }
        socket.getOutputStream().write(request, 0, random.nextInt(request.length));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static byte[] request(String instance) {
        return ("request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=203.0.113.7\nsender=a@example.net\n"
                        + "recipient=b@example.com\ninstance=" + instance + "\n\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
