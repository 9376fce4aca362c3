package io.weir.replay.offline;

import static io.weir.replay.offline.Replayed.NOON;
import static io.weir.replay.offline.Replayed.SECRET;
import static io.weir.replay.offline.Replayed.mail;
import static io.weir.replay.offline.Replayed.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.OfflineEngine;
import io.weir.replay.SimulatedMonth;
import io.weir.replay.offline.Decision.Fate;
import io.weir.serde.VerdictJson;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Rules;
import io.weir.throttle.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfflineRunTest {
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final SimulatedMonth MONTH = new SimulatedMonth(5, 20, 6);

    /** A newcomer that sends two a second for ten minutes; it may send 40 in five. */
    private static List<ConnectionEvent> blast() {
        List<ConnectionEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(mail(NOON + i * 500L, Outcome.ADMITTED, 1, 0));
        }
        return events;
    }

    private static Setup whatIf(RetryModel retries) {
        return Setup.of(Way.WHAT_IF, SECRET, rules(Map.of()), retries);
    }

    @Test
    void asRecordedTheEngineGetsWhatWasRecordedAndNothingElse() {
        Rules rules = rules(Map.of());
        OfflineEngine engine = new OfflineEngine(new CaseIds(SECRET));
        List<Verdict> expected = new ArrayList<>();
        engine.take(new RulesChange("replay", SimulatedMonth.START_MS, rules.settings()));
        MONTH.mail().forEach(event -> expected.addAll(engine.take(event)));

        Replayed replayed = Replayed.of(Setup.of(Way.AS_RECORDED, SECRET, rules, RetryModel.POSTFIX), MONTH.mail());

        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(replayed.verdicts().stream().map(VerdictJson::write))
                .containsExactlyElementsOf(
                        expected.stream().map(VerdictJson::write).toList());
        assertThat(replayed.tally().deferred()).isPositive();
        assertThat(replayed.tally().delays().attempts()).isZero();
    }

    @Test
    void recordedRulesHoldUnlessThereAreOthers() {
        Setup recorded = new Setup(Way.AS_RECORDED, SECRET, 1, null, Setup.USUAL_DELAY, RetryModel.POSTFIX, true);
        Replayed replayed = Replayed.of(recorded, MONTH.events());
        assertThat(replayed.verdicts())
                .isNotEmpty()
                .allMatch(verdict -> verdict.decidedAtMs() >= SimulatedMonth.at(14, 0));
        assertThat(replayed.run().site().rules(0).deniedEdges()).containsExactly("mx-old");
        assertThat(replayed.run().site().dropped()).isGreaterThan(100);

        Replayed other = Replayed.of(recorded.withRules(rules(Map.of())), MONTH.events());
        assertThat(other.run().site().rules(0)).isEqualTo(rules(Map.of()));
        assertThat(other.verdicts()).anyMatch(verdict -> verdict.decidedAtMs() < SimulatedMonth.at(14, 0));
    }

    /** What a document of the topic has in shadow is enforced where one asks what enforcing would do. */
    @Test
    void recordedShadowIsEnforcedOnTheWayWhatIf() {
        Setup recorded = new Setup(Way.WHAT_IF, SECRET, 1, null, Setup.USUAL_DELAY, RetryModel.POSTFIX, true);
        Replayed replayed = Replayed.of(recorded, MONTH.events());
        assertThat(replayed.tally().deferred()).isPositive();
        assertThat(replayed.tally().wouldDefer()).isZero();

        Replayed withoutAny = Replayed.of(recorded, blast());
        assertThat(withoutAny.tally().deferred()).isPositive();
    }

    /** The property of the bound, through the whole loop: what is admitted within a day stays within the allowance and 1%. */
    @Test
    void whatIfAdmitsNoMoreThanTheAllowance() {
        Replayed replayed = Replayed.of(whatIf(RetryModel.NONE), blast());

        long admitted = replayed.decided(Fate.ADMITTED, false);
        // 40 in five minutes, 40 in the next five, what a second's delay lets through, and one in a hundred.
        assertThat(admitted).isBetween(40L, 40L + 40 + 2 * 2 + 1_200 / 100 + 10);
        assertThat(replayed.tally().givenUp())
                .isEqualTo(1_200 - admitted)
                .isEqualTo(replayed.tally().deferred());
        assertThat(replayed.tally().throttled()).isEqualTo(1);
    }

    @Test
    void noEdgeIsAskedAboutWhatAConnectorTrustsAndItsAlarmIsNoThrottle() {
        List<ConnectionEvent> events = new ArrayList<>();
        for (int day = 0; day < 9; day++) {
            events.add(Replayed.trusted(NOON + day * DAY, day < 8 ? 10 : 5_000));
        }
        for (Way way : Way.values()) {
            Replayed replayed = Replayed.of(Setup.of(way, SECRET, rules(Map.of()), RetryModel.POSTFIX), events);
            assertThat(replayed.decisions()).isEmpty();
            assertThat(replayed.verdicts()).isNotEmpty().allMatch(Verdict::alarms);
            assertThat(replayed.tally().throttled()).isZero();
        }
    }

    @Test
    void whatIsDeferredComesBackAndIsAllAdmittedInTime() {
        Replayed replayed = Replayed.of(whatIf(RetryModel.POSTFIX), blast());

        Tally tally = replayed.tally();
        assertThat(tally.attempts()).isEqualTo(1_200);
        assertThat(tally.deferred()).isGreaterThan(1_000);
        assertThat(tally.delays().attempts() + tally.givenUp()).isEqualTo(tally.deferred());
        assertThat(tally.deferrals()).isGreaterThan(tally.deferred());
        assertThat(tally.delays().quantileMs(0.5))
                .isPositive()
                .isLessThanOrEqualTo(tally.delays().mostMs());
        assertThat(tally.delays().mostMs()).isLessThan(RetryModel.POSTFIX.lifetimeMs());
        assertThat(tally.senders()).singleElement().satisfies(sender -> {
            assertThat(sender.standings()).contains(Standing.NEWCOMER);
            assertThat(sender.reasons()).containsExactly("newcomer-volume");
        });
    }

    @Test
    void aReasonInShadowOnlyCounts() {
        Rules shadow = Rules.of(Setup.asIfEnforced(Map.of("mode.newcomer-volume", "shadow")));
        Replayed replayed = Replayed.of(Setup.of(Way.WHAT_IF, SECRET, shadow, RetryModel.POSTFIX), blast());
        assertThat(replayed.tally().deferred()).isZero();
        assertThat(replayed.tally().wouldDefer()).isGreaterThan(1_000);
        assertThat(replayed.tally().touched()).hasSize(1);
    }

    @Test
    void edgesKnowAVerdictAfterTheDelayAndNotBefore() {
        for (int seconds : new int[] {0, 1, 30}) {
            Setup setup = new Setup(
                    Way.WHAT_IF, SECRET, 1, rules(Map.of()), Duration.ofSeconds(seconds), RetryModel.NONE, false);
            Replayed replayed = Replayed.of(setup, blast());
            long decidedAtMs = replayed.verdicts().get(0).decidedAtMs();
            long firstMs = replayed.decisions().stream()
                    .filter(one -> one.verdict() != null)
                    .findFirst()
                    .orElseThrow()
                    .atMs();
            assertThat(firstMs).isBetween(decidedAtMs + seconds * 1_000L, decidedAtMs + seconds * 1_000L + 500);
        }
    }

    @Test
    void whatTheServerItselfRefusedIsNotAskedAboutAndCounts() {
        List<ConnectionEvent> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            events.add(mail(NOON + i * 1_000L, Outcome.REJECTED, 1, 0));
        }
        Replayed replayed = Replayed.of(whatIf(RetryModel.POSTFIX), events);
        assertThat(replayed.decisions()).isEmpty();
        assertThat(replayed.tally().recorded()).containsEntry(Outcome.REJECTED, 120L);
        assertThat(replayed.verdicts())
                .as("conduct holds the sender to the floor")
                .hasSizeBetween(1, 4)
                .allMatch(verdict -> verdict.reason().equals("rejected-share"));
    }

    @Test
    void aTransactionHasOneAnswer() {
        Replayed replayed = Replayed.of(
                whatIf(RetryModel.NONE), List.of(mail(NOON, Outcome.ADMITTED, 60, 0), oneMessage(NOON + 5_000, 50)));
        assertThat(replayed.decisions()).hasSize(61);
        assertThat(replayed.decisions().get(60).attempts()).isEqualTo(50);
    }

    private static ConnectionEvent oneMessage(long atMs, int recipients) {
        ConnectionEvent many = mail(atMs, Outcome.ADMITTED, recipients, 0);
        return new ConnectionEvent(
                true,
                many.edge(),
                many.edgeSeq(),
                atMs,
                many.clientAddress(),
                many.sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                many.facts());
    }

    /** Our own record under enforcement: ten attempts were deferred, tried again, deferred, and admitted in the end. */
    private static List<WeirEvent> enforced() {
        List<WeirEvent> events = new ArrayList<>();
        events.add(mail(NOON, Outcome.ADMITTED, 30, 0));
        events.add(mail(NOON + MINUTE, Outcome.DEFERRED, 10, 0));
        events.add(mail(NOON + 6 * MINUTE, Outcome.DEFERRED, 10, 10));
        events.add(mail(NOON + 40 * MINUTE, Outcome.ADMITTED, 10, 10));
        return events;
    }

    @Test
    void underLooserRulesWhatWasDeferredPassesAndItsRetriesNeverHappen() {
        Setup loose = new Setup(
                Way.WHAT_IF,
                SECRET,
                1,
                rules(Map.of("newcomer.5m", "1000", "newcomer.1h", "1000", "newcomer.1d", "1000")),
                Setup.USUAL_DELAY,
                RetryModel.POSTFIX,
                true);
        Replayed replayed = Replayed.of(loose, enforced());
        assertThat(replayed.tally().deferrals()).isZero();
        assertThat(replayed.tally().attempts()).isEqualTo(40);
        assertThat(replayed.decisions()).noneMatch(one -> one.atMs() > NOON + MINUTE);
    }

    @Test
    void underTheSameRulesRecordedRetriesAreNotDoubled() {
        Setup same = new Setup(Way.WHAT_IF, SECRET, 1, rules(Map.of()), Setup.USUAL_DELAY, RetryModel.POSTFIX, true);
        Replayed replayed = Replayed.of(same, enforced());
        assertThat(replayed.tally().attempts()).isEqualTo(40);
        assertThat(replayed.tally().deferred()).isBetween(5L, 10L);
        assertThat(replayed.tally().delays().attempts() + replayed.tally().givenUp())
                .isEqualTo(replayed.tally().deferred());
    }

    /** A log's server deferred it by itself; that is no answer of ours. */
    @Test
    void whatALogHasAsDeferredStaysSo() {
        Replayed replayed = Replayed.of(whatIf(RetryModel.POSTFIX), enforced());
        assertThat(replayed.decisions()).allMatch(one -> one.fate() == Fate.ADMITTED);
        assertThat(replayed.tally().recorded()).containsEntry(Outcome.DEFERRED, 20L);
    }

    @Test
    void whatAnEdgeSentTwiceCountsOnce() {
        ConnectionEvent one = mail("203.0.113.7", NOON, Outcome.ADMITTED, 3, 0, 7);
        Replayed replayed = Replayed.of(whatIf(RetryModel.POSTFIX), List.of(one, one));
        assertThat(replayed.tally().attempts()).isEqualTo(3);
        assertThat(replayed.run().site().dropped()).isEqualTo(1);
    }

    @Test
    void theSamePastIsTheSameTwice() {
        Replayed first = Replayed.of(whatIf(RetryModel.EXIM), MONTH.mail());
        Replayed second = Replayed.of(whatIf(RetryModel.EXIM), MONTH.mail());
        assertThat(second.decisions()).isEqualTo(first.decisions());
        assertThat(second.verdicts()).isEqualTo(first.verdicts());
    }

    @Test
    void onlyWhatIsWithinTheWindowIsTold() {
        Tally all = Replayed.of(whatIf(RetryModel.POSTFIX), MONTH.mail()).tally();
        Tally late = new Tally(SimulatedMonth.at(21, 0));
        OfflineRun run = new OfflineRun(whatIf(RetryModel.POSTFIX), site -> late);
        run.begin(SimulatedMonth.START_MS);
        MONTH.mail().forEach(event -> run.take(0, event));
        run.end();
        assertThat(late.firstMs()).isBetween(SimulatedMonth.at(21, 0), SimulatedMonth.at(21, 0) + DAY);
        assertThat(late.attempts()).isPositive().isLessThan(all.attempts());
        assertThat(late.senders()).hasSameSizeAs(all.senders());
    }
}
