package io.weir.engine;

import static io.weir.engine.TestEvents.DAY;
import static io.weir.engine.TestEvents.MINUTE;
import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static io.weir.engine.TestEvents.event;
import static io.weir.engine.TestEvents.rules;
import static io.weir.engine.TestEvents.sender;
import static io.weir.engine.TestEvents.spam;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.Mode;
import io.weir.model.NetworkKey;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WeirTopologyTest {
    private static final String ADDRESS = "203.0.113.7";

    @TempDir
    Path dir;

    private TopologyFixture fixture;

    @BeforeEach
    void start() {
        fixture = new TopologyFixture(dir);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aNewcomerAtFullBlastGetsAVerdictThatIsKept() {
        fixture.pipe(admitted(ADDRESS, NOON, 10), admitted(ADDRESS, NOON + 1_000, 60));

        List<TestRecord<String, byte[]>> published = fixture.verdicts.readRecordsToList();
        assertThat(published).hasSize(1);
        Verdict verdict = VerdictJson.read(published.get(0).value());
        assertThat(published.get(0).key()).isEqualTo(ADDRESS);
        assertThat(published.get(0).timestamp())
                .isEqualTo(verdict.decidedAtMs())
                .isEqualTo(NOON + 1_000);
        assertThat(verdict.action()).isEqualTo(Verdict.Action.THROTTLE);
        assertThat(verdict.mode()).isEqualTo(Mode.SHADOW);
        assertThat(fixture.history(sender(ADDRESS))).containsExactly(verdict);
        assertThat(fixture.metrics.count("verdict.throttle")).isEqualTo(1);
        assertThat(fixture.metrics.count("event.admitted")).isEqualTo(2);
        assertThat(fixture.metrics.throttled).isEqualTo(1);
        assertThat(fixture.metrics.newestMs).isEqualTo(NOON + 1_000);
    }

    @Test
    void aCaseLeadsToItsVerdictForThirtyFiveDays() {
        fixture.pipe(admitted(ADDRESS, NOON, 70));
        Verdict verdict = fixture.history(sender(ADDRESS)).get(0);
        Bytes client = Bytes.wrap(sender(ADDRESS).bytes());

        assertThat(fixture.place(verdict.caseId(), NOON)).isEqualTo(new CaseKey.Place(client, verdict.seq()));
        assertThat(fixture.place(verdict.caseId(), NOON + 35 * DAY)).isNotNull();
        assertThat(fixture.place(verdict.caseId(), NOON + 35 * DAY + 1)).isNull();
        assertThat(fixture.place(verdict.caseId().toLowerCase(Locale.ROOT), NOON))
                .isNull();
        assertThat(fixture.place("AAAAAAAAAAAAAAAA", NOON)).isNull();
    }

    @Test
    void aNetworksCaseLeadsToTheNetwork() {
        for (int i = 0; i < 20; i++) {
            fixture.pipe(admitted("192.0.2." + i, NOON + 1_000L * i, 4));
        }
        NetworkKey network = NetworkKey.parse("192.0.2.0/24");
        Verdict verdict = fixture.verdicts().stream()
                .filter(one -> one.client().equals(network.text()))
                .findFirst()
                .orElseThrow();

        assertThat(fixture.place(verdict.caseId(), NOON).client()).isEqualTo(Bytes.wrap(network.bytes()));
    }

    @Test
    void aThrottleThatExpiresIsNoLongerCounted() {
        fixture.pipe(admitted(ADDRESS, NOON, 60));
        assertThat(fixture.metrics.throttled).isEqualTo(1);

        fixture.pipe(admitted("198.51.100.1", NOON + 20 * MINUTE, 1));
        assertThat(fixture.metrics.throttled).isZero();
    }

    @Test
    void whatAnEdgeSendsTwiceCountsOnce() {
        ConnectionEvent first = event("mx1", 7, ADDRESS, NOON, Outcome.ADMITTED, 3, null);
        fixture.pipe(first, first, event("mx1", 6, ADDRESS, NOON, Outcome.ADMITTED, 3, null));
        SenderState once = fixture.sender(sender(ADDRESS));

        assertThat(once.traffic().sum(Traffic.Column.ADMITTED, 0)).isEqualTo(3);
        assertThat(fixture.metrics.count("duplicate")).isEqualTo(2);

        fixture.pipe(
                event("mx2", 7, ADDRESS, NOON, Outcome.ADMITTED, 3, null),
                event("mx1", 8, ADDRESS, NOON, Outcome.ADMITTED, 3, null));
        assertThat(fixture.sender(sender(ADDRESS)).traffic().sum(Traffic.Column.ADMITTED, 0))
                .isEqualTo(9);
    }

    @Test
    void withoutASequenceNothingIsTakenForADuplicate() {
        ConnectionEvent event = admitted(ADDRESS, NOON, 3);
        fixture.pipe(event, event);

        assertThat(fixture.sender(sender(ADDRESS)).traffic().sum(Traffic.Column.ADMITTED, 0))
                .isEqualTo(6);
        assertThat(fixture.metrics.count("duplicate")).isZero();
    }

    @Test
    void whatIsExemptLeavesNoTrace() {
        fixture.pipe(
                event("mx1", 1, ADDRESS, NOON, Outcome.ADMITTED, 900, "something else"),
                event("mx1", 2, "192.168.1.1", NOON, Outcome.ADMITTED, 900, null));

        assertThat(fixture.records(StoreNames.SENDERS)).isZero();
        assertThat(fixture.verdicts()).isEmpty();
        assertThat(fixture.metrics.count("exempt")).isEqualTo(2);
    }

    @Test
    void whatComesByAConnectorIsJudgedApartAndOnlyAlarms() {
        fixture.pipe(rules(NOON, "mode.volume-surge", "enforce"));
        for (int day = 0; day < 8; day++) {
            fixture.pipe(byConnector(NOON + day * DAY, 10));
        }
        assertThat(fixture.verdicts()).isEmpty();
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(Alarms.class);
        log.setLevel(Level.INFO);
        log.addAppender(said);
        try {
            for (int minute = 0; minute < 30; minute++) {
                fixture.pipe(byConnector(NOON + 8 * DAY + minute * MINUTE, minute < 3 ? 40 : 1));
            }
        } finally {
            log.detachAppender(said);
            log.setLevel(null);
        }

        List<Verdict> verdicts = fixture.verdicts();
        assertThat(verdicts).hasSizeGreaterThan(1).allMatch(verdict -> verdict.mode() == Mode.SHADOW);
        assertThat(verdicts).extracting(Verdict::client).containsOnly(ADDRESS + " via connector:hq");
        assertThat(verdicts).last().extracting(Verdict::action).isEqualTo(Verdict.Action.ALLOW);
        assertThat(fixture.history(sender(ADDRESS).via("hq"))).isEqualTo(verdicts);
        assertThat(fixture.sender(sender(ADDRESS))).isNull();
        assertThat(fixture.sender(sender(ADDRESS).via("hq"))).isNotNull();
        assertThat(fixture.metrics.count("exempt")).isEqualTo(38);
        assertThat(fixture.metrics.count("alarm.volume-surge")).isEqualTo(1);
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(2)
                .first()
                .asString()
                .startsWith("ALARM: 203.0.113.7 via connector:hq sends far above its usual");
    }

    @Test
    void anAlarmIsNoThrottle() {
        for (int day = 0; day < 8; day++) {
            fixture.pipe(byConnector(NOON + day * DAY, 10));
        }
        fixture.pipe(byConnector(NOON + 8 * DAY, 500));
        assertThat(fixture.metrics.alarming).isEqualTo(1);
        assertThat(fixture.metrics.throttled).isZero();
        fixture.pipe(admitted("203.0.113.9", NOON + 8 * DAY + 20 * MINUTE, 1));
        assertThat(fixture.metrics.alarming).isZero();
    }

    private static ConnectionEvent byConnector(long atMs, int recipients) {
        return event("mx1", ConnectionEvent.NO_SEQ, ADDRESS, atMs, Outcome.ADMITTED, recipients, "connector:hq");
    }

    @Test
    void rulesOfThePartitionDecideFromThereOn() {
        fixture.pipe(
                rules(NOON, "newcomer.5m", "300", "newcomer.1h", "300", "mode.newcomer-volume", "enforce"),
                admitted(ADDRESS, NOON + 1, 60));
        assertThat(fixture.verdicts()).isEmpty();

        fixture.pipe(admitted(ADDRESS, NOON + 2, 600));
        List<Verdict> verdicts = fixture.verdicts();
        assertThat(verdicts).hasSize(1);
        assertThat(verdicts.get(0).mode()).isEqualTo(Mode.ENFORCE);
        assertThat(verdicts.get(0).rules()).isEqualTo(fixture.controls().rules().id());
    }

    @Test
    void deniedEdgesAreDroppedAndCounted() {
        fixture.pipe(
                rules(NOON, "edges.denied", "rogue"), event("rogue", 1, ADDRESS, NOON, Outcome.ADMITTED, 900, null));

        assertThat(fixture.records(StoreNames.SENDERS)).isZero();
        assertThat(fixture.metrics.count("denied")).isEqualTo(1);
    }

    @Test
    void aGapIsKeptForTheJudgement() {
        Gap gap = new Gap("operator", NOON, NOON - 60 * MINUTE, NOON);
        fixture.pipe(gap);

        assertThat(fixture.controls().gap()).isEqualTo(gap);
    }

    @Test
    void anEdgesBrakeIsToldOnceAndJudgesNothing() {
        BrakeChange on = new BrakeChange("mx1", 7, NOON, true, "too much");
        fixture.pipe(on, on, new BrakeChange("mx1", 8, NOON + 1, false, ""));
        fixture.pipe(rules(NOON, "edges.denied", "rogue"), new BrakeChange("rogue", 1, NOON, true, "a lie"));

        assertThat(fixture.metrics.count("brake.true")).isEqualTo(1);
        assertThat(fixture.metrics.count("brake.false")).isEqualTo(1);
        assertThat(fixture.metrics.count("duplicate")).isEqualTo(1);
        assertThat(fixture.metrics.count("denied")).isEqualTo(1);
        assertThat(fixture.records(StoreNames.SENDERS)).isZero();
        assertThat(fixture.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void theRulesSayHowManyBitsMakeAnIpv6Sender() {
        fixture.pipe(admitted("2001:db8:1:1::1", NOON, 1), admitted("2001:db8:1:2::1", NOON, 1));
        assertThat(fixture.sender(sender("2001:db8:1:1::1"))).isNotNull();
        assertThat(fixture.sender(sender("2001:db8:1:2::1"))).isNotNull();

        fixture.pipe(
                rules(NOON, "ipv6.prefix", "56"),
                admitted("2001:db8:2:1::1", NOON, 1),
                admitted("2001:db8:2:2::1", NOON, 1),
                spam("2001:db8:2:2::1", NOON, NOON, 1),
                rules(NOON, "ipv6.prefix", "128"),
                admitted("2001:db8:3:1::1", NOON, 1),
                admitted("2001:db8:3:1::2", NOON, 1),
                new Amendment(
                        "filter",
                        -1,
                        NOON,
                        ClientAddress.parse("2001:db8:3:1::2", 128).sender(),
                        NOON,
                        1,
                        0));
        SenderState merged =
                fixture.sender(ClientAddress.parse("2001:db8:2:7::1", 56).sender());
        assertThat(merged.traffic().sum(Traffic.Column.ADMITTED, 0)).isEqualTo(2);
        assertThat(merged.conduct().today().spam()).isEqualTo(1);
        assertThat(fixture.sender(sender("2001:db8:2:1::1"))).isNull();
        SenderState single =
                fixture.sender(ClientAddress.parse("2001:db8:3:1::2", 128).sender());
        assertThat(single.traffic().sum(Traffic.Column.ADMITTED, 0)).isEqualTo(1);
        assertThat(single.conduct().today().spam()).isEqualTo(1);
    }

    @Test
    void anAmendmentChangesTheSenderItNames() {
        fixture.pipe(
                admitted(ADDRESS, NOON, 9),
                spam(ADDRESS, NOON + MINUTE, NOON, 4),
                spam("198.51.100.1", NOON + MINUTE, NOON, 4));

        assertThat(fixture.sender(sender(ADDRESS)).conduct().today().spam()).isEqualTo(4);
        assertThat(fixture.sender(sender("198.51.100.1"))).isNull();
    }

    @Test
    void aClosedDayIsOneRowOfHours() {
        fixture.pipe(
                admitted(ADDRESS, NOON, 3), admitted(ADDRESS, NOON + 60 * MINUTE, 4), admitted(ADDRESS, NOON + DAY, 5));

        long day = NOON / DAY;
        PackedRows hours = fixture.day(sender(ADDRESS), day);
        assertThat(hours.rows()).hasSize(2);
        assertThat(hours.rows().get(0).index()).isEqualTo(day * 24 + 12);
        assertThat(hours.rows().get(0).get(Traffic.Column.ADMITTED.ordinal())).isEqualTo(3);
        assertThat(hours.rows().get(1).get(Traffic.Column.ADMITTED.ordinal())).isEqualTo(4);
        assertThat(fixture.day(sender(ADDRESS), day + 1)).isNull();
    }

    @Test
    void twoVerdictsOfOneMillisecondAreBothKept() {
        fixture.pipe(
                admitted(ADDRESS, NOON, 60),
                rules(NOON, "mode.newcomer-volume", "enforce"),
                admitted(ADDRESS, NOON, 1));

        List<Verdict> published = fixture.verdicts();
        assertThat(published).hasSize(2);
        assertThat(published.get(1).seq()).isEqualTo(published.get(0).seq() + 1);
        assertThat(fixture.history(sender(ADDRESS))).isEqualTo(published);
    }
}
