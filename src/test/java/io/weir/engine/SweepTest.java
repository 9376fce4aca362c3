package io.weir.engine;

import static io.weir.engine.TestEvents.DAY;
import static io.weir.engine.TestEvents.MINUTE;
import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static io.weir.engine.TestEvents.sender;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Traffic;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final String ADDRESS = "203.0.113.7";
    /** Sweeps at every event, two senders or verdicts at a time. */
    private static final Sweep.Options EAGER = new Sweep.Options(1, 2, 4, 1, 2);

    @TempDir
    Path dir;

    @Test
    void anIdleNewcomerGoesAndItsTrafficStays() {
        try (TopologyFixture fixture = new TopologyFixture(dir, EAGER)) {
            fixture.pipe(admitted(ADDRESS, NOON, 3), admitted("198.51.100.1", NOON + 4 * DAY, 1));
            assertThat(fixture.sender(sender(ADDRESS))).isNotNull();

            fixture.pipe(admitted("198.51.100.1", NOON + 5 * DAY, 1), admitted("198.51.100.1", NOON + 5 * DAY, 1));
            assertThat(fixture.sender(sender(ADDRESS))).isNull();
            assertThat(fixture.sender(sender("198.51.100.1"))).isNotNull();
            assertThat(fixture.metrics.count("swept")).as("it and its network").isEqualTo(2);

            PackedRows hours = fixture.day(sender(ADDRESS), NOON / DAY);
            assertThat(hours.rows()).hasSize(1);
            assertThat(hours.rows().get(0).get(Traffic.Column.ADMITTED.ordinal()))
                    .isEqualTo(3);
        }
    }

    @Test
    void anEstablishedSenderStays() {
        try (TopologyFixture fixture = new TopologyFixture(dir, EAGER)) {
            for (int day = 0; day < 10; day++) {
                fixture.pipe(admitted(ADDRESS, NOON + day * DAY, 20));
            }
            fixture.pipe(admitted("198.51.100.1", NOON + 30 * DAY, 1), admitted("198.51.100.1", NOON + 30 * DAY, 1));
            assertThat(fixture.sender(sender(ADDRESS))).isNotNull();
        }
    }

    @Test
    void theCursorComesRoundToEverySenderAndNetwork() {
        try (TopologyFixture fixture = new TopologyFixture(dir, EAGER)) {
            for (int i = 0; i < 50; i++) {
                fixture.pipe(admitted("203.0." + i + ".1", NOON, 1), admitted("2001:db8:" + i + "::1", NOON, 1));
            }
            assertThat(fixture.records(StoreNames.SENDERS))
                    .as("100 senders, and 50 times a /24, a /56 and a /48")
                    .isEqualTo(250);
            for (int i = 0; i < 200; i++) {
                fixture.pipe(admitted("198.51.100.1", NOON + 6 * DAY, 1));
            }
            assertThat(fixture.records(StoreNames.SENDERS))
                    .as("it and its network")
                    .isEqualTo(2);
        }
    }

    @Test
    void whereMuchCanGoMoreIsScanned() {
        try (TopologyFixture fixture = new TopologyFixture(dir, new Sweep.Options(1, 2, 40, 1, 2))) {
            for (int i = 0; i < 60; i++) {
                fixture.pipe(admitted("198.51." + i + ".1", NOON, 1));
            }
            for (int i = 0; i < 6; i++) {
                fixture.pipe(admitted("203.0.113.1", NOON + 6 * DAY, 1));
            }
            assertThat(fixture.records(StoreNames.SENDERS)).isEqualTo(2);
        }
    }

    @Test
    void anExpiredVerdictGetsATombstoneAndTheStateStaysAsItIs() {
        try (TopologyFixture fixture = new TopologyFixture(dir, EAGER)) {
            fixture.pipe(admitted(ADDRESS, NOON, 60));
            Verdict verdict = fixture.verdicts().get(0);
            SenderState state = fixture.sender(sender(ADDRESS));
            assertThat(fixture.records(StoreNames.OPEN_VERDICTS)).isEqualTo(1);

            fixture.pipe(admitted("198.51.100.1", verdict.expiresAtMs() + 60 * MINUTE - 1, 1));
            assertThat(fixture.verdicts.isEmpty()).isTrue();

            fixture.pipe(admitted("198.51.100.1", verdict.expiresAtMs() + 60 * MINUTE, 1));
            List<TestRecord<String, byte[]>> published = fixture.verdicts.readRecordsToList();
            assertThat(published).hasSize(1);
            assertThat(published.get(0).key()).isEqualTo(ADDRESS);
            assertThat(published.get(0).value()).isNull();
            assertThat(published.get(0).timestamp()).isEqualTo(verdict.expiresAtMs() + 60 * MINUTE);
            assertThat(fixture.records(StoreNames.OPEN_VERDICTS)).isZero();
            assertThat(fixture.sender(sender(ADDRESS))).isEqualTo(state);
        }
    }

    @Test
    void verdictsAreSweptByEventTimeToo() {
        Sweep.Options seldom = new Sweep.Options(1 << 30, 2, 2, 1 << 30, 2);
        try (TopologyFixture fixture = new TopologyFixture(dir, seldom)) {
            fixture.pipe(admitted(ADDRESS, NOON, 60));
            fixture.verdicts();
            fixture.pipe(admitted("198.51.100.1", NOON + 2 * 60 * MINUTE, 1));
            assertThat(fixture.verdicts.readRecordsToList()).hasSize(1);
        }
    }

    @Test
    void aQuietSiteIsSweptEveryDay() {
        Sweep.Options seldom = new Sweep.Options(1 << 30, 2, 2, 1 << 30, 2);
        try (TopologyFixture fixture = new TopologyFixture(dir, seldom)) {
            fixture.pipe(admitted(ADDRESS, NOON, 1));
            for (int day = 1; day < 9; day++) {
                fixture.pipe(admitted("198.51.100.1", NOON + day * DAY, 1));
            }
            assertThat(fixture.records(StoreNames.SENDERS)).isEqualTo(2);
        }
    }

    /** The property: whether and when the sweep ran, and what was cached, shows in nothing that is judged. */
    @Test
    void verdictsAreTheSameWithAndWithoutTheSweep(@TempDir Path other) {
        TestLoad load = new TestLoad(11, 60, 6_000, NOON, 30 * DAY);
        Sweep.Options never = new Sweep.Options(1 << 30, 0, 0, 1 << 30, 0);
        try (TopologyFixture swept = new TopologyFixture(dir, EAGER, 20 * SenderCache.BYTES_PER_SENDER);
                TopologyFixture unswept = new TopologyFixture(other, never)) {
            load.forEach(item -> {
                swept.pipe(item.key(), item.value(), item.atMs());
                unswept.pipe(item.key(), item.value(), item.atMs());
            });
            assertThat(swept.metrics.count("swept")).isPositive();
            assertThat(verdicts(swept)).isNotEmpty().isEqualTo(verdicts(unswept));
        }
    }

    private static List<Verdict> verdicts(TopologyFixture fixture) {
        return fixture.verdicts.readValuesToList().stream()
                .filter(value -> value != null)
                .map(VerdictJson::read)
                .toList();
    }
}
