package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.throttle.CaseIds;
import io.weir.throttle.RulesException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OfflineEngineTest {
    private static final CaseIds CASE_IDS = new CaseIds("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final long DAY = 86_400_000;
    private static final long NOON = 20_000 * DAY + DAY / 2;
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    private final OfflineEngine engine = new OfflineEngine(CASE_IDS);

    @Test
    void aNewcomerAtFullBlastIsThrottled() {
        assertThat(engine.take(mail("203.0.113.7", NOON, 60, ConnectionEvent.NO_SEQ)))
                .extracting(Verdict::reason)
                .containsExactly("newcomer-volume");
        assertThat(engine.view(SENDER, NOON).orElseThrow().inForce()).isNotNull();
        assertThat(engine.newestMs()).isEqualTo(NOON);
    }

    @Test
    void whatAnEdgeSendsTwiceCountsOnce() {
        assertThat(engine.take(mail("203.0.113.7", NOON, 20, 1))).isEmpty();
        assertThat(engine.take(mail("203.0.113.7", NOON, 30, 1))).isEmpty();
        assertThat(engine.take(mail("203.0.113.7", NOON, 30, 2))).isNotEmpty();
    }

    @Test
    void rulesThatComeWithTheEventsHoldFromThereOn() {
        engine.take(new RulesChange("operator", NOON, Map.of("edges.denied", "mx1")));
        assertThat(engine.take(mail("203.0.113.7", NOON, 60, ConnectionEvent.NO_SEQ)))
                .isEmpty();
        assertThat(engine.senders()).isZero();

        engine.take(new RulesChange("operator", NOON, Map.of("newcomer.5m", "1000", "newcomer.1h", "1000")));
        assertThat(engine.take(mail("203.0.113.7", NOON, 60, ConnectionEvent.NO_SEQ)))
                .isEmpty();
        assertThat(engine.senders()).isEqualTo(1);
    }

    @Test
    void rulesThatAreNoGoodChangeNothing() {
        String before = engine.controls().rules().id();
        assertThatThrownBy(() -> engine.take(new RulesChange("operator", NOON, Map.of("growth.5m", "1"))))
                .isInstanceOf(RulesException.class);
        assertThat(engine.controls().rules().id()).isEqualTo(before);
    }

    @Test
    void aGapIsKnown() {
        Gap gap = new Gap("operator", NOON, NOON - DAY / 4, NOON);
        engine.take(gap);
        assertThat(engine.controls().gap()).isEqualTo(gap);
    }

    @Test
    void spamIsTakenOffItsDay() {
        for (int day = 0; day < 2; day++) {
            engine.take(mail("203.0.113.7", NOON + day * DAY, 30, ConnectionEvent.NO_SEQ));
        }
        engine.take(new Amendment("filter", ConnectionEvent.NO_SEQ, NOON + DAY, SENDER, NOON, 30, 0));

        assertThat(engine.view(SENDER, NOON + DAY)
                        .orElseThrow()
                        .budgets()
                        .get(2)
                        .record())
                .isZero();
    }

    @Test
    void whoWasNeverEstablishedIsForgottenAfterSomeIdleDays() {
        engine.take(mail("203.0.113.7", NOON, 3, ConnectionEvent.NO_SEQ));
        engine.take(mail("2001:db8::25", NOON, 3, ConnectionEvent.NO_SEQ));
        engine.take(mail("198.51.100.1", NOON + 4 * DAY, 1, ConnectionEvent.NO_SEQ));
        assertThat(engine.senders()).isEqualTo(3);

        engine.take(mail("198.51.100.1", NOON + 5 * DAY, 1, ConnectionEvent.NO_SEQ));
        assertThat(engine.senders()).isEqualTo(1);
    }

    /** The property: how many states are objects shows in nothing that is judged. */
    @Test
    void statesInStoredFormJudgeAlike() {
        OfflineEngine cramped = new OfflineEngine(CASE_IDS, 3);
        List<Verdict> verdicts = new ArrayList<>();
        List<Verdict> crampedVerdicts = new ArrayList<>();
        for (WeirEvent event : month()) {
            verdicts.addAll(engine.take(event));
            crampedVerdicts.addAll(cramped.take(event));
        }
        assertThat(verdicts).hasSizeGreaterThan(100);
        assertThat(crampedVerdicts).isEqualTo(verdicts);
        assertThat(cramped.senders()).isEqualTo(engine.senders());
    }

    private static List<WeirEvent> month() {
        SplittableRandom random = new SplittableRandom(7);
        List<WeirEvent> events = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            long atMs = NOON + i * (30 * DAY / 6_000);
            String address = "203.0.113." + (int) Math.pow(40, random.nextDouble());
            int recipients = random.nextInt(10) == 0 ? 80 : 1 + random.nextInt(6);
            events.add(mail(address, atMs, recipients, ConnectionEvent.NO_SEQ));
        }
        return events;
    }

    private static ConnectionEvent mail(String address, long atMs, int recipients, long seq) {
        ClientAddress client = ClientAddress.parse(address);
        return new ConnectionEvent(
                true,
                "mx1",
                seq,
                atMs,
                client.text(),
                client.sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
