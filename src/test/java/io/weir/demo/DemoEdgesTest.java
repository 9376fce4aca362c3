package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.edge.VerdictTable;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.simulate.Arrivals;
import io.weir.simulate.MailFlow;
import io.weir.simulate.RetrySchedule;
import io.weir.throttle.AdmitRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo's mail through its edges. */
class DemoEdgesTest {
    private static final String CLIENT = "192.0.2.80";
    private static final long BEGIN = 1_795_503_000_000L;
    private static final long MINUTE = DemoCalendar.MINUTE_MS;
    private static final byte[] SECRET = "of the demo, known to everybody.".getBytes(StandardCharsets.US_ASCII);

    private final VerdictTable verdicts = new VerdictTable();
    private final DemoEdges edges = new DemoEdges(new AdmitRule(SECRET));

    @Test
    void whatIsNotThrottledPassesAndIsReportedInTheOrderOfTime() {
        MailStream stream = stream(RetrySchedule.POSTFIX);
        List<ConnectionEvent> seen = run(flow(stream), 0, 3);
        assertThat(seen).extracting(ConnectionEvent::outcome).containsOnly(Outcome.ADMITTED);
        assertThat(seen).extracting(ConnectionEvent::occurredAtMs).isSorted();
        assertThat(seen.stream().mapToInt(ConnectionEvent::recipients).sum()).isEqualTo(300);
        assertThat(stream.tally().counts()).isEqualTo(new Tally.Counts(300, 300, 300, 0, 0, 0, 0));
    }

    @Test
    void eachEdgeCountsItsOwnEventsWithoutAGap() {
        List<ConnectionEvent> seen = run(flow(stream(RetrySchedule.POSTFIX)), 0, 3);
        for (String edge : List.of("mx1.demo", "mx2.demo")) {
            assertThat(seen.stream().filter(event -> event.edge().equals(edge)).map(ConnectionEvent::edgeSeq))
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void whatIsDeferredComesBackWhenPostfixWould() {
        throttle(0, 5);
        MailStream stream = stream(RetrySchedule.POSTFIX);
        MailFlow flow = flow(stream);
        run(flow, 0, 4);
        assertThat(stream.tally().counts()).isEqualTo(new Tally.Counts(300, 300, 0, 0, 300, 0, 0));
        assertThat(flow.waiting()).isEqualTo(300);

        List<ConnectionEvent> back = run(flow, 5, 12);
        Tally.Counts counts = stream.tally().counts();
        assertThat(counts.admitted()).isEqualTo(300);
        assertThat(counts.retries()).isEqualTo(300);
        assertThat(counts.longestDelayMs()).isBetween(5 * MINUTE, 11 * MINUTE);
        assertThat(flow.waiting()).isZero();
        int retries = back.stream().mapToInt(ConnectionEvent::retries).sum();
        // The other edge does not know that its neighbour has deferred a message.
        assertThat(retries).isBetween(100, 200);
    }

    @Test
    void aBotDoesNotComeBack() {
        throttle(0, 5);
        MailStream stream = stream(RetrySchedule.NEVER);
        MailFlow flow = flow(stream);
        run(flow, 0, 4);
        assertThat(flow.waiting()).isZero();
        assertThat(stream.tally().counts().lost()).isEqualTo(300);
        assertThat(stream.tally().counts().shareNotAdmitted()).isEqualTo(1);
    }

    @Test
    void whatItsOwnerDeletesDoesNotComeBack() {
        throttle(0, 5);
        MailStream stream = stream(RetrySchedule.EVERY_MINUTE);
        MailFlow flow = flow(stream);
        run(flow, 0, 4);
        assertThat(stream.tally().counts().waiting()).isEqualTo(300);
        flow.purge(stream);
        assertThat(flow.waiting()).isZero();
        assertThat(stream.tally().counts().waiting()).isZero();
    }

    @Test
    void whatFindsUsAwayComesAfterwardsAndIsNoRetry() {
        MailStream stream = stream(RetrySchedule.POSTFIX);
        MailFlow flow = flow(stream);
        flow.firstTry(new Outage(BEGIN, BEGIN + 30 * MINUTE)::firstTryMs);
        assertThat(run(flow, 0, 30)).isEmpty();
        List<ConnectionEvent> queue = run(flow, 30, 100);
        assertThat(queue.stream().mapToInt(ConnectionEvent::recipients).sum()).isEqualTo(300);
        assertThat(queue).extracting(ConnectionEvent::retries).containsOnly(0);
        int soon = queue.stream()
                .filter(event -> event.occurredAtMs() < BEGIN + 40 * MINUTE)
                .mapToInt(ConnectionEvent::recipients)
                .sum();
        assertThat(soon).isGreaterThan(150);
    }

    private void throttle(int fromMinute, int toMinute) {
        Verdict verdict = new Verdict(
                CLIENT,
                Verdict.Action.THROTTLE,
                Mode.ENFORCE,
                0,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                300_000,
                1,
                1,
                1,
                List.of(),
                BEGIN + fromMinute * MINUTE,
                BEGIN + toMinute * MINUTE,
                1,
                "c0ffee12");
        verdicts.take(CLIENT, verdict);
    }

    private static MailStream stream(RetrySchedule retries) {
        return MailStream.of("office", CLIENT, Arrivals.steady(BEGIN, BEGIN + 3 * MINUTE, 100), retries);
    }

    private static MailFlow flow(MailStream stream) {
        return new MailFlow(List.of(stream));
    }

    private List<ConnectionEvent> run(MailFlow flow, int fromMinute, int toMinute) {
        flow.run(BEGIN + fromMinute * MINUTE, BEGIN + toMinute * MINUTE, mail -> edges.answer(mail, verdicts));
        List<ConnectionEvent> events = new ArrayList<>();
        for (WeirEvent event : edges.report()) {
            events.add((ConnectionEvent) event);
        }
        return events;
    }
}
