package io.weir.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many connections as a large mail server holds, all at once. */
@Timeout(60)
class PolicyCrowdTest {
    private static final int CROWD = 1_000;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PolicyService service = new PolicyService() {
        @Override
        public String answer(PolicyQuestion request, Object connection) {
            return "451 4.7.500 " + request.text(PolicyAttribute.INSTANCE);
        }

        @Override
        public void closed(Object connection) {}
    };

    @Test
    void aThousandAtOnceAreEachAnsweredAndOneMoreIsNot() throws IOException {
        PolicyOptions options = new PolicyOptions("127.0.0.1", Optional.of(0), Optional.empty(), "", CROWD, 60);
        List<SocketChannel> crowd = new ArrayList<>();
        try (PolicyServer server = PolicyServer.listen(options, service, registry)) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            for (int i = 0; i < CROWD; i++) {
                crowd.add(SocketChannel.open(address));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> open() == CROWD);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < CROWD; i++) {
                    ask(crowd.get(i), round + "." + i);
                }
                for (int i = 0; i < CROWD; i++) {
                    assertThat(answer(crowd.get(i))).isEqualTo("action=451 4.7.500 " + round + "." + i + "\n\n");
                }
            }
            assertThat(count(MetricName.POLICY_REQUESTS)).isEqualTo(3 * CROWD);
            assertThat(count(MetricName.POLICY_REFUSED)).isZero();

            crowd.add(SocketChannel.open(address));
            assertThat(answer(crowd.get(CROWD))).isEmpty();
            assertThat(count(MetricName.POLICY_REFUSED)).isEqualTo(1);
        } finally {
            for (SocketChannel channel : crowd) {
                channel.close();
            }
        }
    }

    private double open() {
        return registry.get(MetricName.POLICY_CONNECTIONS.id()).gauge().value();
    }

    private double count(MetricName name) {
        return registry.counter(name.id()).count();
    }

    private static void ask(SocketChannel channel, String instance) throws IOException {
        String request = "request=smtpd_access_policy\nprotocol_state=RCPT\ninstance=" + instance + "\n\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Empty when the server says nothing more. */
    private static String answer(SocketChannel channel) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(200);
        String text = "";
        while (!text.endsWith("\n\n") && channel.read(read) >= 0) {
            text = new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII);
        }
        return text;
    }
}
