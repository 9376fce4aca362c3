package io.weir.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    private static final String TOPIC = "letters";

    @TempDir
    Path dir;

    @Test
    void recordsSurviveARestartOnTheSameDirectoryAndPort() throws Exception {
        EmbeddedBroker.Options inUse;
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir))) {
            createTopic(broker);
            send(broker, "a", "b");
            assertThat(read(broker, 2)).containsExactly("a", "b");
            inUse = broker.options();
            clusterId = broker.clusterId();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(inUse)) {
            assertThat(broker.port()).isEqualTo(inUse.port());
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            send(broker, "c");
            assertThat(read(broker, 3)).containsExactly("a", "b", "c");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void theSameDirectoryStartsOnOtherPorts() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir))) {
            createTopic(broker);
            send(broker, "a");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir))) {
            assertThat(read(broker, 1)).containsExactly("a");
        }
    }

    @Test
    void clientsOfAStoppedBrokerGoOnAfterItsRestart() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir));
        try (KafkaProducer<String, String> producer = producer(first)) {
            createTopic(first);
            producer.send(new ProducerRecord<>(TOPIC, "a")).get(20, TimeUnit.SECONDS);
            first.close();
            try (EmbeddedBroker second = EmbeddedBroker.start(first.options())) {
                producer.send(new ProducerRecord<>(TOPIC, "b")).get(20, TimeUnit.SECONDS);
                assertThat(read(second, 2)).containsExactly("a", "b");
            }
        } finally {
            first.close();
        }
    }

    @Test
    void twoBrokersLiveSideBySide(@TempDir Path otherDir) throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir));
                EmbeddedBroker other = EmbeddedBroker.start(EmbeddedBroker.Options.in(otherDir))) {
            createTopic(one);
            createTopic(other);
            send(one, "mine");
            send(other, "yours");
            assertThat(read(one, 1)).containsExactly("mine");
            assertThat(read(other, 1)).containsExactly("yours");
            assertThat(one.clusterId()).isNotEqualTo(other.clusterId());
        }
    }

    @Test
    void aTakenPortIsNamedTogetherWithItsSetting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedBroker.start(new EmbeddedBroker.Options(dir, port, 0, Map.of())))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("port " + port + " on 127.0.0.1 is in use; set broker.port to another port,"
                            + " or to 0 to choose a free one");
            assertThatThrownBy(() -> EmbeddedBroker.start(new EmbeddedBroker.Options(dir, 0, port, Map.of())))
                    .hasMessageContaining("broker.controller.port");
        }
        // The failed starts have let go of the directory.
        EmbeddedBroker.start(EmbeddedBroker.Options.in(dir)).close();
    }

    @Test
    void aDirectoryServesOneBrokerOfThisProcess() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Options.in(dir)))
                    .isInstanceOf(EmbeddedBrokerException.class)
                    .hasMessage("the broker's data directory " + dir + " is in use by process "
                            + ProcessHandle.current().pid() + "; stop that process or choose another data directory");
            assertThat(broker.failure()).isEmpty();
        }
    }

    @Test
    void aDirectoryInUseByAnotherProcessIsRefused() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> EmbeddedBroker.start(EmbeddedBroker.Options.in(dir)))
                    .hasMessageContaining("is in use by process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
        // A killed process leaves its lock file but not its lock.
        EmbeddedBroker.start(EmbeddedBroker.Options.in(dir)).close();
    }

    @Test
    void aBadOverrideIsNamed() {
        EmbeddedBroker.Options options = new EmbeddedBroker.Options(dir, 0, 0, Map.of("num.io.threads", "many"));
        assertThatThrownBy(() -> EmbeddedBroker.start(options))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining("num.io.threads");
    }

    /** Holds the directory until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] args) throws IOException {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(args[0]))) {
                System.out.println(lock == null ? "not locked" : "locked");
                int end = System.in.read();
                System.out.println(end);
            }
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(EmbeddedBroker broker, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker)) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    private static List<String> read(EmbeddedBroker broker, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "reader-" + count + "-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            for (int polls = 0; polls < 40 && values.size() < count; polls++) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
