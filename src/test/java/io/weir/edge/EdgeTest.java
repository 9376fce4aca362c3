package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge that never sees Kafka. */
@Timeout(60)
class EdgeTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private Edge start() {
        WeirConfig config = WeirConfig.of(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "data.dir", directory.toString(),
                "edge.policy.port", "0"));
        return Edge.start(config, SiteSecret.readOrCreate(config.siteSecretFile()), registry, Clock.systemUTC());
    }

    private static String ask(Edge edge, String client) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), edge.port())) {
            String request = "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=" + client
                    + "\nrecipient=user@example.com\n\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void answersFromTheFirstMomentAndKeepsWhatItSaw() throws IOException {
        try (Edge edge = start()) {
            assertThat(ask(edge, "203.0.113.7")).isEqualTo("action=DUNNO");
            assertThat(edge.state()).isEqualTo(EdgeState.OPEN);
            await().atMost(Duration.ofSeconds(20)).until(() -> edge.unsent() == 1);
        }
        try (Edge again = start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> again.unsent() == 1);
        }
    }

    @Test
    void everyMeterOfAnEdgeIsThereFromTheStart() {
        try (Edge edge = start()) {
            assertThat(edge.isBraked()).isFalse();
            Arrays.stream(MetricName.values()).filter(MetricName::isOfEdge).forEach(metric -> {
                assertThat(registry.find(metric.id()).meters()).as(metric.id()).isNotEmpty();
                for (Meter meter : registry.find(metric.id()).meters()) {
                    assertThat(meter.getId().getTags())
                            .extracting(Tag::getKey)
                            .containsExactlyElementsOf(metric.tagNames());
                }
            });
        }
    }
}
