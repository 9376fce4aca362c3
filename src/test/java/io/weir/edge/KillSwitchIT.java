package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.cli.Run;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Too much is deferred, and an operator says stop. */
@Timeout(120)
class KillSwitchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SECONDS = Duration.ofSeconds(5);
    private static final String SENDER = "203.0.113.7";

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private WeirConfig config;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(directory.resolve("broker")));
        config = WeirConfig.of(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "data.dir", directory.toString(),
                "edge.policy.port", "0"));
        try (TopicAdmin topics = new TopicAdmin(client(), PATIENCE)) {
            topics.apply(
                    TopicOptions.embedded("", 2).apply(TopicFiles.onClasspath().read()));
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatVerdictsEnforceStopsWithinSecondsAndForTheNextEdgeToo() throws Exception {
        weir("enforce", "all");
        throttle();
        try (Edge edge = edge()) {
            assertThat(ask(edge)).startsWith("action=451 ");
            weir("shadow", "all");
            await().atMost(SECONDS).until(() -> !ask(edge).startsWith("action=451 "));
            assertThat(ask(edge)).contains("would defer");
        }
        try (Edge next = edge()) {
            assertThat(ask(next)).doesNotStartWith("action=451 ");
            weir("enforce", "volume-surge");
            await().atMost(SECONDS).until(() -> ask(next).startsWith("action=451 "));
        }
    }

    private Edge edge() {
        Edge edge = Edge.start(
                config, SiteSecret.readOrCreate(config.siteSecretFile()), new SimpleMeterRegistry(), Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> edge.state() == EdgeState.ENFORCING);
        return edge;
    }

    private void weir(String command, String reason) {
        Run run = Run.now(command, reason, "-D", "bootstrap.servers=" + broker.bootstrapServers());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** A share of nothing, so that chance has no part in it. */
    private void throttle() throws Exception {
        long now = System.currentTimeMillis();
        Verdict any = Verdicts.throttle(SENDER, now, now + 900_000);
        Verdict verdict = new Verdict(
                any.client(),
                any.action(),
                any.mode(),
                0,
                any.replyCode(),
                any.enhancedStatusCode(),
                any.as(),
                any.reason(),
                any.caseId(),
                any.horizonMs(),
                any.observed(),
                any.record(),
                any.allowance(),
                any.exempt(),
                any.decidedAtMs(),
                any.expiresAtMs(),
                any.seq(),
                any.rules());
        try (KafkaProducer<byte[], byte[]> pen =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = SENDER.getBytes(StandardCharsets.UTF_8);
            pen.send(new ProducerRecord<>(TopicName.VERDICTS.baseName(), key, VerdictJson.write(verdict)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static String ask(Edge edge) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), edge.port())) {
            String request = "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=" + SENDER
                    + "\nrecipient=user@example.com\n\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
