package io.weir.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailFlowTest {
    private static final long BEGIN = 1_795_503_600_000L;
    private static final long MINUTE = Spans.MINUTE_MS;

    @Test
    void whatPassesIsAnsweredOnceInTheOrderOfTime() {
        TestSource source = source(RetrySchedule.POSTFIX);
        List<Long> times = new ArrayList<>();
        run(source, 0, 3, mail -> {
            times.add(mail.dueMs());
            return Reply.ACCEPTED;
        });
        assertThat(source.replies()).hasSize(300).containsOnly(Reply.ACCEPTED);
        assertThat(times).isSorted();
    }

    @Test
    void whatIsDeferredComesBackUntilItPasses() {
        TestSource source = source(RetrySchedule.POSTFIX);
        MailFlow flow = new MailFlow(List.of(source));
        Site site = mail -> mail.dueMs() < BEGIN + 5 * MINUTE ? Reply.DEFERRED : Reply.ACCEPTED;
        flow.run(BEGIN, BEGIN + 4 * MINUTE, site);
        assertThat(flow.waiting()).isEqualTo(300);
        flow.run(BEGIN + 4 * MINUTE, BEGIN + 12 * MINUTE, site);
        assertThat(flow.waiting()).isZero();
        assertThat(source.count(Reply.DEFERRED)).isEqualTo(300);
        assertThat(source.count(Reply.ACCEPTED)).isEqualTo(300);
        // At the next scan of the queue, and no more than the 15 s that the queue takes after that.
        assertThat(source.longestWaitMs()).isBetween(5 * MINUTE, 10 * MINUTE + 15_000);
    }

    @Test
    void aQueueRunnerTakesItsTime() {
        TestSource source = source(RetrySchedule.EXIM);
        MailFlow flow = new MailFlow(List.of(source));
        flow.run(BEGIN, BEGIN + 3 * MINUTE, mail -> Reply.DEFERRED);
        List<Long> times = new ArrayList<>();
        flow.run(BEGIN + 3 * MINUTE, BEGIN + 40 * MINUTE, mail -> {
            times.add(mail.dueMs());
            return Reply.ACCEPTED;
        });
        assertThat(times).hasSize(300);
        // 200 ms each, one after another.
        assertThat(times.get(299) - times.get(0)).isBetween(40_000L, 60_000L);
    }

    @Test
    void whoFindsNobodyThereWasNotAnswered() {
        TestSource source = source(RetrySchedule.EXCHANGE);
        run(source, 0, 30, mail -> mail.dueMs() < BEGIN + 10 * MINUTE ? Reply.UNREACHABLE : Reply.ACCEPTED);
        assertThat(source.longestWaitMs()).isZero();
        assertThat(source.count(Reply.ACCEPTED)).isEqualTo(300);
    }

    @Test
    void whatIsNeverTakenIsLostInTheEnd() {
        TestSource source = source(RetrySchedule.EXCHANGE);
        run(source, 0, 3 * 24 * 60, mail -> Reply.DEFERRED);
        assertThat(source.lost()).isEqualTo(300);
    }

    @Test
    void whatItsOwnerDeletesDoesNotComeBack() {
        TestSource source = source(RetrySchedule.EVERY_MINUTE);
        MailFlow flow = new MailFlow(List.of(source));
        flow.run(BEGIN, BEGIN + 4 * MINUTE, mail -> Reply.DEFERRED);
        flow.purge(source);
        assertThat(flow.waiting()).isZero();
        assertThat(source.lost()).isEqualTo(300);
    }

    @Test
    void whatIsSkippedIsNumberedAllTheSame() {
        List<Long> all = new ArrayList<>();
        run(source(RetrySchedule.NEVER), 0, 3, mail -> {
            all.add(mail.serial());
            return Reply.ACCEPTED;
        });
        List<Long> rest = new ArrayList<>();
        MailFlow flow = new MailFlow(List.of(source(RetrySchedule.NEVER)));
        flow.skip(BEGIN, BEGIN + MINUTE);
        flow.run(BEGIN + MINUTE, BEGIN + 3 * MINUTE, mail -> {
            rest.add(mail.serial());
            return Reply.ACCEPTED;
        });
        assertThat(rest).isEqualTo(all.subList(100, 300));
    }

    private static TestSource source(RetrySchedule retries) {
        return new TestSource("192.0.2.80", Arrivals.steady(BEGIN, BEGIN + 3 * MINUTE, 100), retries, 1);
    }

    private static void run(TestSource source, int fromMinute, int toMinute, Site site) {
        new MailFlow(List.of(source)).run(BEGIN + fromMinute * MINUTE, BEGIN + toMinute * MINUTE, site);
    }
}
