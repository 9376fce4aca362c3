package io.weir.simulate.defence;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.Arrivals;
import io.weir.simulate.MailFlow;
import io.weir.simulate.Reply;
import io.weir.simulate.RetrySchedule;
import io.weir.simulate.Spans;
import io.weir.simulate.TestSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others use does here what it does where it comes from. */
class OthersTest {
    private static final long BEGIN = 1_795_503_600_000L;
    private static final long MINUTE = Spans.MINUTE_MS;

    @Test
    void aRateWindowBeginsWithTheFirstRequestAfterTheLastOneIsOver() {
        Defence anvil = new RateWindowDefence(3, MINUTE);
        // The fifth comes a unit after the first, not more; the window that it overfills goes on.
        assertThat(answers(anvil, 1, 0, 10, 20, 30, 60, 61, 62))
                .containsExactly(true, true, true, false, false, true, true);
    }

    @Test
    void aRateWindowCountsRefusedRequestsToo() {
        assertThat(answers(new RateWindowDefence(3, MINUTE), 2, 0, 1, 2)).containsExactly(true, false, false);
    }

    @Test
    void aLeakyBucketTakesNothingForWhatItDefers() {
        Defence bucket = new LeakyBucketDefence(4, 1.0 / MINUTE);
        assertThat(answers(bucket, 2, 0, 1, 2, 3, 119, 121))
                .as("full after two; two have leaked after two minutes")
                .containsExactly(true, true, false, false, false, true);
    }

    @Test
    void aNewLeakyBucketTakesAnything() {
        assertThat(answers(new LeakyBucketDefence(4, 1.0 / MINUTE), 50, 0, 60)).containsExactly(true, false);
    }

    @Test
    void aSmoothedRateLetsNobodyThroughWhoDoesNotSlowDown() {
        Defence exim = new SmoothedRateDefence(10, Spans.HOUR_MS);
        List<Boolean> fast = answers(exim, 1, every(10, 200));
        assertThat(fast.subList(0, 9)).containsOnly(true);
        assertThat(fast.subList(12, 200)).as("one every 10 s is 360 an hour").containsOnly(false);
        List<Boolean> slow = answers(new SmoothedRateDefence(10, Spans.HOUR_MS), 1, every(600, 30));
        assertThat(slow).as("one every 10 min is 6 an hour").containsOnly(true);
    }

    @Test
    void anIsolatedMessageIsItsOwnSizeAPeriodHoweverLongAgoTheLastOneWas() {
        Defence exim = new SmoothedRateDefence(10, Spans.HOUR_MS);
        assertThat(answers(exim, 10, 0, 86_400)).containsExactly(false, false);
        assertThat(answers(new SmoothedRateDefence(10, Spans.HOUR_MS), 9, 0, 86_400))
                .containsExactly(true, true);
    }

    @Test
    void greylistingLetsTheSameMessageThroughAfterItsDelay() {
        TestSource source = source(RetrySchedule.EXCHANGE, 1, 0);
        new MailFlow(List.of(source)).run(BEGIN, BEGIN + Spans.HOUR_MS, new GreylistDefence(12 * MINUTE, 0));
        assertThat(source.replies()).containsExactly(Reply.DEFERRED, Reply.DEFERRED, Reply.DEFERRED, Reply.ACCEPTED);
    }

    @Test
    void greylistingKnowsAClientAfterSomeDeliveriesOfWhichOneAnHourCounts() {
        // Messages at 0, 1 and 2 min; then at 61 min and 3 h: the first two hours make two deliveries.
        TestSource source = source(RetrySchedule.EXCHANGE, 1, 0, 60, 120, 3_660, 10_800, 10_801);
        new MailFlow(List.of(source)).run(BEGIN, BEGIN + 6 * Spans.HOUR_MS, new GreylistDefence(5 * MINUTE, 2));
        assertThat(source.count(Reply.DEFERRED)).isEqualTo(4);
        assertThat(source.replies().subList(8, 10)).containsOnly(Reply.ACCEPTED);
    }

    @Test
    void aBotDoesNotGetThroughGreylisting() {
        assertThat(answers(new GreylistDefence(5 * MINUTE, 5), 1, every(1, 500)))
                .containsOnly(false);
    }

    @Test
    void aZScoreAllowsWhatIsWithinSoManyDeviations() {
        // 27 days of 10 an hour and a day of 30: mean 10.7, deviation 3.7.
        List<Integer> seconds = new ArrayList<>();
        for (int hour = 0; hour < 28 * 24; hour++) {
            for (int i = 0; i < (hour < 24 ? 30 : 10); i++) {
                seconds.add(hour * 3_600 + i * 100);
            }
        }
        int now = 28 * 24 * 3_600;
        for (int i = 0; i < 60; i++) {
            seconds.add(now + i);
        }
        Defence zScore = new ZScoreDefence(4, 5);
        List<Boolean> passed = answers(
                new Lenient(zScore, BEGIN + now * 1_000L),
                1,
                seconds.stream().mapToInt(Integer::intValue).toArray());
        assertThat(passed.subList(seconds.size() - 60, seconds.size()).stream()
                        .filter(one -> one)
                        .count())
                .isEqualTo(25);
    }

    @Test
    void aZScoreAllowsANewcomerTheLeast() {
        assertThat(answers(new ZScoreDefence(3, 5), 1, every(1, 8)))
                .containsExactly(true, true, true, true, true, false, false, false);
    }

    /** Asks, and lets all pass until a moment: a past to judge by. */
    private record Lenient(Defence asked, long untilMs) implements Defence {
        @Override
        public int memoryDays() {
            return asked.memoryDays();
        }

        @Override
        public Reply answer(io.weir.simulate.Mail mail) {
            Reply reply = asked.answer(mail);
            return mail.dueMs() < untilMs ? Reply.ACCEPTED : reply;
        }
    }

    private static int[] every(int seconds, int times) {
        int[] all = new int[times];
        for (int i = 0; i < times; i++) {
            all[i] = i * seconds;
        }
        return all;
    }

    /** Whether messages that come at these times pass; none is tried again. */
    private static List<Boolean> answers(Defence defence, int recipients, int... seconds) {
        TestSource source = source(RetrySchedule.NEVER, recipients, seconds);
        new MailFlow(List.of(source)).run(BEGIN, BEGIN + 40 * Spans.DAY_MS, defence);
        return source.replies().stream().map(Reply.ACCEPTED::equals).toList();
    }

    private static TestSource source(RetrySchedule retries, int recipients, int... seconds) {
        Arrivals arrivals = (fromMs, toMs) -> Arrays.stream(seconds)
                .mapToLong(second -> BEGIN + second * 1_000L)
                .filter(ms -> ms >= fromMs && ms < toMs)
                .toArray();
        return new TestSource("192.0.2.80", arrivals, retries, recipients);
    }
}
