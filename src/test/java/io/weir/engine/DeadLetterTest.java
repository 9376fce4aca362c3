package io.weir.engine;

import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static io.weir.engine.TestEvents.rules;
import static io.weir.engine.TestEvents.sender;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.StateCodec;
import io.weir.throttle.Traffic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterTest {
    private static final String ADDRESS = "203.0.113.7";
    private static final String NETWORK = "203.0.113.0/24";
    private static final byte[] EVENT = new EventJson().write(admitted(ADDRESS, NOON, 1));

    @TempDir
    Path dir;

    private TopologyFixture fixture;

    @BeforeEach
    void start() {
        fixture = new TopologyFixture(dir);
        fixture.pipe(admitted(ADDRESS, NOON, 1));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void whatIsNoEventIsKeptRawAndTheRestGoesOn() {
        byte[] poison = "{\"v\":1,\"kind\":".getBytes(StandardCharsets.UTF_8);
        TestRecord<String, byte[]> letter = refused(NETWORK, poison, NOON, "malformed");

        assertThat(letter.key()).isEqualTo(NETWORK);
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, "__streams.errors.message")).startsWith("not JSON");
        assertThat(header(letter, "__streams.errors.topic")).isEqualTo("smtp-connections");
        assertThat(header(letter, "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(letter, "__streams.errors.offset")).isEqualTo("1");
    }

    @Test
    void aRecordWithoutAValueIsMalformed() {
        refused(NETWORK, null, NOON, "malformed");
    }

    @Test
    void aKeyThatIsNotTheSendersNetworkIsMisplaced() {
        assertThat(header(refused("203.0.114.0/24", EVENT, NOON, "misplaced"), "__streams.errors.message"))
                .isEqualTo("the key must be the sender's network 203.0.113.0/24, got '203.0.114.0/24'");
    }

    @Test
    void aMissingKeyIsMisplaced() {
        refused(null, EVENT, NOON, "misplaced");
    }

    @Test
    void anEventNewerThanItsRecordIsRefusedAndAnOlderOneIsMerelyLate() {
        refused(NETWORK, EVENT, NOON - 1, "future");

        fixture.pipe(NETWORK, EVENT, NOON + 5_000);
        assertThat(fixture.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void badRulesAreRefusedAndTheOldOnesStay() {
        WeirEvent good = rules(NOON, "newcomer.5m", "77");
        fixture.pipe(good);
        byte[] bad = new EventJson().write(rules(NOON, "newcomer.5m", "many"));
        assertThat(header(refused("x", bad, NOON, "rules"), "__streams.errors.message"))
                .isEqualTo("rule newcomer.5m is 'many'; allowed is a whole number from 1 to 10000000");

        assertThat(fixture.controls().rules().settings()).containsEntry("newcomer.5m", "77");
    }

    @Test
    void aRecordWithoutATimeCountsAsTheOldest() {
        ConsumerRecord<Object, Object> timeless = new ConsumerRecord<>("t", 0, 0, null, null);
        assertThat(timeless.timestamp()).isNegative();
        assertThat(new EventTime().extract(timeless, 5)).isZero();
    }

    /** The record goes to the dead-letter topic, counts nothing, and the next good event counts. */
    private TestRecord<String, byte[]> refused(String key, byte[] value, long timestampMs, String reason) {
        byte[] before = stateBytes();
        fixture.pipe(key, value, timestampMs);

        assertThat(stateBytes()).isEqualTo(before);
        fixture.pipe(admitted(ADDRESS, NOON, 1));
        assertThat(fixture.sender(sender(ADDRESS)).traffic().sum(Traffic.Column.ADMITTED, 0))
                .isEqualTo(2);

        List<TestRecord<String, byte[]>> letters = fixture.deadLetters.readRecordsToList();
        assertThat(letters).hasSize(1);
        assertThat(header(letters.get(0), "weir.reason")).isEqualTo(reason);
        assertThat(fixture.metrics.count("dead." + reason)).isEqualTo(1);
        return letters.get(0);
    }

    private byte[] stateBytes() {
        return new StateCodec().write(fixture.sender(sender(ADDRESS)));
    }

    private static String header(TestRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
