package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.TopicName;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that grows and is rotated, collectors that come and go, and every message in the topic once. */
@Timeout(120)
class CollectIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant BEGIN =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(600);

    @TempDir
    Path directory;

    private EmbeddedBroker broker;
    private Path log;
    private int message;

    @BeforeEach
    void start() throws IOException {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(directory.resolve("broker")));
        try (TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), PATIENCE)) {
            topics.apply(
                    TopicOptions.embedded("", 2).apply(TopicFiles.onClasspath().read()));
        }
        log = Files.createFile(directory.resolve("mail.log"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void everyMessageIsReportedOnceOverRotationsAndRestarts() throws Exception {
        write(5);
        Run once = Run.now(arguments());
        assertThat(once.exitCode()).as(once.err()).isZero();
        assertThat(once.lines())
                .anyMatch(line -> line.startsWith("5 events kept, 0 wait for Kafka, 0 bytes of the log not read"));
        requireReported();

        write(3);
        Files.move(log, directory.resolve("mail.log.1"));
        write(2);
        Following following = new Following();
        requireReported();
        write(2);
        requireReported();
        following.end();

        write(4);
        Following again = new Following();
        requireReported();
        again.end();
        assertThat(Run.now(arguments()).lines()).anyMatch(line -> line.startsWith("0 events kept"));
        requireReported();
    }

    @Test
    void ownNetworksAreLeftOut() throws Exception {
        write(3);
        Run run = Run.now(arguments("-Dedge.own.networks=203.0.113.0/24"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).anyMatch(line -> line.startsWith("0 events kept"));
        assertThat(reported()).isEmpty();
    }

    @Test
    void anAddressOfAPoolCountsForIt() throws Exception {
        String servers = "-Dbootstrap.servers=" + broker.bootstrapServers();
        assertThat(Run.now("pools", "put", "acme", "--network", "203.0.113.0/24", servers)
                        .exitCode())
                .isZero();
        write(3);
        assertThat(Run.now(arguments()).exitCode()).isZero();
        assertThat(reported().stream().filter(record -> record.key().equals("pool:acme")))
                .hasSize(3)
                .allSatisfy(record ->
                        assertThat(record.value()).contains("\"pool\":\"acme\"", "\"clientAddress\":\"203.0.113.7\""));
    }

    /** A collector that stays, until it is asked to end. */
    private final class Following {
        private final Lifetime lifetime = new Lifetime();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code;

        Following() {
            Cli cli = new Cli(new Terminal(
                    Run.stream(new ByteArrayOutputStream()), Run.stream(err), Map.of(), Clock.systemUTC(), lifetime));
            this.code = CompletableFuture.supplyAsync(() -> cli.run(arguments("--follow")));
        }

        void end() throws Exception {
            lifetime.end();
            assertThat(code.get(30, TimeUnit.SECONDS))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
    }

    private String[] arguments(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "collect",
                log.toString(),
                "-Dbootstrap.servers=" + broker.bootstrapServers(),
                "-Ddata.dir=" + directory,
                "-Dedge.name=collector"));
        arguments.addAll(List.of(further));
        return arguments.toArray(String[]::new);
    }

    /** So many messages, one a second, each of as many bytes as its number. */
    private void write(int messages) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            String head = BEGIN.plusSeconds(message) + " mx1 postfix/";
            message++;
            lines.append(head).append("smtpd[7]: 4104E3D: client=a.example[203.0.113.7]\n");
            lines.append(head)
                    .append("qmgr[9]: 4104E3D: from=<a@b.example>, size=")
                    .append(message)
                    .append(", nrcpt=1 (queue active)\n");
        }
        Files.writeString(log, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void requireReported() {
        await().atMost(PATIENCE).until(() -> reported().size() >= message);
        List<ConsumerRecord<String, String>> records = reported();
        assertThat(records).hasSize(message);
        assertThat(records)
                .extracting(record -> number(record.value(), "bytes"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, message)
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(records)
                .extracting(record -> number(record.value(), "edgeSeq"))
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(records).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo("203.0.113.0/24");
            assertThat(record.value()).contains("\"edge\":\"collector\"");
            assertThat(record.timestamp())
                    .isEqualTo(BEGIN.plusSeconds(number(record.value(), "bytes") - 1)
                            .toEpochMilli());
        });
    }

    private static long number(String json, String field) {
        String after = json.substring(json.indexOf("\"" + field + "\":") + field.length() + 3);
        return Long.parseLong(after.split("[,}]")[0]);
    }

    private List<ConsumerRecord<String, String>> reported() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TopicName.CONNECTIONS.baseName()).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> all = new ArrayList<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }
}
