package io.weir.engine;

import static io.weir.engine.TestEvents.DAY;
import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.WeirConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** One engine on a real broker. */
@Timeout(240)
class EngineIT {
    private static final TestLoad LOAD = new TestLoad(5, 300, 20_000, NOON, 3 * DAY);

    @TempDir
    static Path brokerDir;

    @TempDir
    Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(brokerDir));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void eventsInVerdictsOutUnderBothGroupProtocols(String protocol) throws Exception {
        try (EngineBed bed = new EngineBed(broker, protocol, dir, 4)) {
            Map<String, String> settings = Map.of("engine.group.protocol", protocol);
            try (WeirEngine engine = bed.engine(settings)) {
                bed.send(LOAD);
                bed.awaitJudged(bed.config(settings));
                assertThat(engine.state()).isEqualTo(EngineState.READY);
                assertThat(engine.failure()).isEmpty();
            }
            assertThat(bed.verdicts()).hasSizeGreaterThan(50);
            assertThat(bed.read(bed.topics().deadLetters())).isEmpty();
        }
    }

    @Test
    void aRestartGoesOnWithTheStateOnDisk() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "restart", dir, 4)) {
            WeirConfig config = bed.config(Map.of());
            TestLoad more = new TestLoad(6, 300, 5_000, NOON + 3 * DAY, DAY);
            try (WeirEngine first = bed.engine(Map.of())) {
                bed.send(LOAD);
                bed.awaitJudged(config);
                assertThat(first.failure()).isEmpty();
            }
            try (WeirEngine second = bed.engine(Map.of())) {
                bed.send(more);
                bed.awaitJudged(config);
                assertThat(second.failure()).isEmpty();
            }

            WeirConfig whole = bed.config(Map.of("engine.application.id", "whole"));
            try (WeirEngine uninterrupted = bed.engine(Map.of("engine.application.id", "whole"))) {
                bed.awaitJudged(whole);
                assertThat(uninterrupted.failure()).isEmpty();
            }
            assertThat(bed.state(config)).isNotEmpty().isEqualTo(bed.state(whole));
        }
    }

    /** Kafka Streams warns before it throws a store away. */
    @Test
    void anOrderlyRestartKeepsEveryStoreThoughNobodyWasEverThrottled() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("org.apache.kafka.streams.processor.internals");
        ListAppender<ILoggingEvent> warnings = new ListAppender<>();
        warnings.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        try (EngineBed bed = new EngineBed(broker, "quiet", dir, 1)) {
            WeirConfig config = bed.config(Map.of());
            for (int restart = 0; restart < 2; restart++) {
                try (WeirEngine engine = bed.engine(Map.of())) {
                    bed.send(admitted("203.0.113.7", NOON + restart, 1));
                    bed.awaitJudged(config);
                    assertThat(engine.failure()).isEmpty();
                }
                logger.addAppender(warnings);
            }
            assertThat(bed.verdicts()).isEmpty();
            assertThat(warnings.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .noneMatch(message ->
                            message.contains("did not find checkpoint offset") || message.contains("corrupted"));
        } finally {
            logger.detachAppender(warnings);
            logger.setLevel(before);
        }
    }

    @Test
    void anotherApplicationOnTheSameTopicGivesTheSameVerdictsByteForByte() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "twice", dir, 4)) {
            bed.send(LOAD);
            try (WeirEngine first = bed.engine(Map.of("engine.application.id", "first"))) {
                bed.awaitJudged(bed.config(Map.of("engine.application.id", "first")));
                assertThat(first.failure()).isEmpty();
            }
            // Another thread count, guarantee and cache: none of it may show.
            Map<String, String> other = Map.of(
                    "engine.application.id",
                    "second",
                    "engine.stream.threads",
                    "2",
                    "engine.processing.guarantee",
                    "at_least_once",
                    "engine.record.cache.bytes",
                    "0");
            try (WeirEngine second = bed.engine(other)) {
                bed.awaitJudged(bed.config(other));
                assertThat(second.failure()).isEmpty();
            }

            assertThat(bed.verdictsOfEachOfTwo()).hasSizeGreaterThan(50);
        }
    }

    @Test
    void theSameEventsGiveTheSameVerdictsWhateverTheNumberOfPartitions() throws Exception {
        List<Map<String, List<String>>> verdicts = new ArrayList<>();
        for (int partitions : List.of(1, 4, 48)) {
            try (EngineBed bed = new EngineBed(broker, "parts" + partitions, dir, partitions)) {
                bed.send(LOAD);
                try (WeirEngine engine = bed.engine(Map.of())) {
                    bed.awaitJudged(bed.config(Map.of()));
                    assertThat(engine.failure()).isEmpty();
                }
                verdicts.add(bed.verdicts());
            }
        }
        assertThat(verdicts.get(0)).hasSizeGreaterThan(50);
        assertThat(verdicts.get(1)).isEqualTo(verdicts.get(0));
        assertThat(verdicts.get(2)).isEqualTo(verdicts.get(0));
    }

    @Test
    void poisonGoesToTheDeadLetterTopicAndTheRestIsUnharmed() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "poison", dir, 2);
                EngineBed clean = new EngineBed(broker, "clean", dir, 2)) {
            byte[] key = "203.0.113.0/24".getBytes(StandardCharsets.UTF_8);
            byte[] poison = "not an event".getBytes(StandardCharsets.UTF_8);
            byte[] large = new byte[900_000];
            TestLoad second = new TestLoad(6, 300, 5_000, NOON + 3 * DAY, DAY);
            bed.send(LOAD);
            bed.send(key, poison, NOON, 0);
            bed.send(key, large, NOON, 1);
            bed.send(null, null, NOON, 1);
            bed.send(second);
            clean.send(LOAD);
            clean.send(second);
            try (WeirEngine engine = bed.engine(Map.of());
                    WeirEngine other = clean.engine(Map.of())) {
                bed.awaitJudged(bed.config(Map.of()));
                clean.awaitJudged(clean.config(Map.of()));
                assertThat(engine.failure()).isEmpty();
                assertThat(other.failure()).isEmpty();
            }
            List<ConsumerRecord<byte[], byte[]>> letters = bed.read(bed.topics().deadLetters());
            assertThat(letters).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(poison, large, null);
            assertThat(bed.verdicts()).isNotEmpty().isEqualTo(clean.verdicts());
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedInOneLine() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "recount", dir, 2)) {
            try (WeirEngine engine = bed.engine(Map.of())) {
                bed.send(admitted("203.0.113.7", NOON, 1));
                bed.awaitJudged(bed.config(Map.of()));
                assertThat(engine.failure()).isEmpty();
            }
            bed.admin()
                    .createPartitions(Map.of(bed.topics().connections(), NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            try (WeirEngine engine = EngineBed.unstarted(bed.config(Map.of()))) {
                assertThatThrownBy(engine::start)
                        .isInstanceOf(EngineException.class)
                        .hasMessage("topic recount.smtp-connections has 3 partitions, but the state of"
                                + " recount.weir-engine was made with 2 (recount.weir-engine-senders-changelog);"
                                + " senders would lose their records. Give the topic 2 partitions again, or start anew"
                                + " under another engine.application.id");
                assertThat(engine.state()).isEqualTo(EngineState.CLOSED);
            }
        }
    }

    @Test
    void aMissingTopicIsNamed() throws Exception {
        WeirConfig config = WeirConfig.of(Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "namespace", "nowhere", "data.dir", dir.toString()));
        try (WeirEngine engine = EngineBed.unstarted(config)) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessage("topic nowhere.smtp-connections does not exist at " + broker.bootstrapServers()
                            + "; 'weir topics apply' creates it");
        }
    }
}
