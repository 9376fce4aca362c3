package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.serde.EventJson;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Reason;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool from the operator's word to the mail server's answer. */
@Timeout(120)
class PoolsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
        assertThat(weir("topics", "apply", "--partitions", "2", "--replicas", "1")
                        .exitCode())
                .isZero();
        SiteSecret.readOrCreate(dir.resolve("site.secret"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void anAddressOfAPoolIsAnsweredByThePoolsVerdict() throws Exception {
        assertThat(weir("enforce", "volume-surge").exitCode()).isZero();
        Run put = weir("pools", "put", "acme", "--network", "203.0.113.0/24", "--network", "2001:db8:25::/48");
        assertThat(put.exitCode()).as(put.err()).isZero();
        assertThat(put.lines()).first().isEqualTo("pool.acme: (empty) -> 203.0.113.0/24, 2001:db8:25::/48");
        assertThat(put.lines()).last().asString().contains("are in force from", "in 2 partitions");
        assertThat(weir("pools", "list").lines()).containsExactly("acme  203.0.113.0/24, 2001:db8:25::/48");
        Run twice = weir("pools", "put", "other", "--network", "203.0.113.0/24");
        assertThat(twice.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(twice.err())
                .isEqualToIgnoringNewLines(
                        "weir: 203.0.113.0/24 is in pool acme and in pool other; it can be in one only");
        throttle("pool:acme");

        try (RunningCommand edge = RunningCommand.start(
                "HTTP at", args("edge", "-D", "http.port=0", "-D", "edge.policy.port=0", "-D", "edge.name=mx1"))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(probe(edge, "203.0.113.7"))
                            .anyMatch(line -> line.matches("pool +counts as pool:acme"))
                            .last()
                            .asString()
                            .contains("throttled: 451 4.7.500 ", "[203.0.113.7]"));
            assertThat(probe(edge, "2001:db8:25:7::25")).last().asString().contains("throttled: 451 4.7.500 ");
            assertThat(probe(edge, "198.51.100.1")).last().asString().endsWith("unthrottled: mail passes");

            assertThat(policy(edge, "203.0.113.200")).contains("451 4.7.500 [203.0.113.200]");
            await().atMost(PATIENCE).until(() -> reported("pool:acme") > 0);

            assertThat(weir("pools", "delete", "acme").lines())
                    .first()
                    .isEqualTo("pool.acme: 203.0.113.0/24, 2001:db8:25::/48 -> (empty)");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(probe(edge, "203.0.113.7"))
                            .noneMatch(line -> line.startsWith("pool"))
                            .last()
                            .asString()
                            .endsWith("unthrottled: mail passes"));
        }
        assertThat(weir("pools", "list").lines()).containsExactly("no pool is declared");
        Run again = weir("pools", "delete", "acme");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(again.err()).isEqualToIgnoringNewLines("weir: there is no pool acme");
    }

    private static List<String> probe(RunningCommand edge, String address) {
        Run probe = weir("probe", address, "--sender", "a@example.net", "--url", edge.url());
        assertThat(probe.exitCode()).as(probe.err()).isZero();
        return probe.lines();
    }

    /** What Postfix would be answered. */
    private static String policy(RunningCommand edge, String address) throws IOException {
        Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+), Kafka").matcher(edge.out());
        assertThat(port.find()).as(edge.out()).isTrue();
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(port.group(1)))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request = "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\ninstance=1.2.3\n"
                    + "client_address=" + address + "\nsender=b@example.net\nrecipient=c@example.com\n\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[1024];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, length, StandardCharsets.US_ASCII);
        }
    }

    /** Deferred recipients of a sender, under its own key. */
    private static long reported(String sender) {
        long[] deferred = new long[1];
        try (Cluster cluster = cluster()) {
            cluster.read(TopicName.CONNECTIONS.baseName(), record -> {
                if (new String(record.key(), StandardCharsets.UTF_8).equals(sender)
                        && new EventJson().read(record.value()) instanceof ConnectionEvent event) {
                    assertThat(event.sender()).isEqualTo(SenderKey.pool("acme"));
                    assertThat(event.clientAddress()).isEqualTo("203.0.113.200");
                    deferred[0] += event.recipients();
                }
            });
        }
        return deferred[0];
    }

    private static void throttle(String client) throws Exception {
        long now = System.currentTimeMillis();
        Reason reason = Reason.VOLUME_SURGE;
        Verdict verdict = new Verdict(
                client,
                Verdict.Action.THROTTLE,
                Mode.ENFORCE,
                0.001,
                451,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4200,
                300,
                600,
                List.of(),
                now,
                now + 900_000,
                now,
                "c0ffee12");
        try (Cluster cluster = cluster();
                KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            byte[] key = client.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TopicName.VERDICTS.baseName(), key, VerdictJson.write(verdict)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static Cluster cluster() {
        return Cluster.reach(WeirConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers())));
    }

    private static Run weir(String... args) {
        return Run.now(args(args));
    }

    private static String[] args(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=" + broker.bootstrapServers(), "-D", "data.dir=" + dir));
        return all.toArray(String[]::new);
    }
}
