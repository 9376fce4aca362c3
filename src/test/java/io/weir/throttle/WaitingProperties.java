package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.simulate.RetrySchedule;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** How long deferred mail waits when its sender's fraction stays as it is, under the retry schedules of real servers. */
class WaitingProperties {
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    /** One message in its sender's queue. */
    private record Due(long envelope, long arrivedMs, long atMs, int tries) {}

    /** What became of all. */
    private static final class Outcome {
        private int given;
        private int delivered;
        private long retries;
        private long retriesPassed;
        private double longestHours;

        double gaveUp() {
            return (double) given / (given + delivered);
        }
    }

    /** A short queue is through in about as many hours as it has messages, and one interval of its schedule, at any fraction. */
    @Property(tries = 100)
    void aShortQueueIsThroughWithinItsLengthInHours(
            @ForAll long seed,
            @ForAll("servers") RetrySchedule schedule,
            @ForAll @IntRange(min = 1, max = 40) int messages) {
        for (double fraction : new double[] {0.5, 0.1, 0.01}) {
            Outcome outcome = run(new Random(seed), schedule, fraction, messages);
            assertThat(outcome.gaveUp()).as("given up at %s", fraction).isZero();
            assertThat(outcome.longestHours).isLessThanOrEqualTo(messages + longestInterval(schedule, messages));
        }
    }

    @Provide
    Arbitrary<RetrySchedule> servers() {
        return Arbitraries.of(RetrySchedule.POSTFIX, RetrySchedule.EXIM, RetrySchedule.EXCHANGE, RetrySchedule.GMAIL);
    }

    /** Hours between two tries of a message that waits for about so long. */
    private static double longestInterval(RetrySchedule schedule, int hours) {
        return switch (schedule) {
            case POSTFIX -> 1.25;
            case EXIM -> hours < 4 ? 3 : 9;
            case EXCHANGE -> 0.2;
            case GMAIL -> 2.1;
            case EVERY_MINUTE -> 0.02;
            case NEVER -> throw new IllegalArgumentException("it does not try again");
        };
    }

    /** A long queue keeps the share: beyond it only a message for each hour of waiting. */
    @Property(tries = 10)
    void ofALongQueuesRetriesTheFractionPasses(@ForAll long seed, @ForAll("servers") RetrySchedule schedule) {
        for (double fraction : new double[] {0.5, 0.1, 0.01}) {
            Outcome outcome = run(new Random(seed), schedule, fraction, 5_000);
            double beyond = outcome.retriesPassed - fraction * outcome.retries;
            assertThat(beyond).as("beyond the share at %s", fraction).isLessThanOrEqualTo(1 + 24.0 * 5);
        }
    }

    /**
     * When each round of tries lets the fraction through, (1 - fraction)^tries are left at the end whatever the order: at a hundredth a third of
     * Postfix's mail (107 tries), a twentieth of Exchange's (293) and most of Exim's (23). No more than that is given up.
     */
    @Property(tries = 5)
    void noMoreIsGivenUpThanTheShareItselfLeaves(@ForAll long seed, @ForAll("servers") RetrySchedule schedule) {
        for (double fraction : new double[] {0.5, 0.1, 0.01}) {
            double left = Math.pow(1 - fraction, mostTries(schedule));
            assertThat(run(new Random(seed), schedule, fraction, 5_000).gaveUp())
                    .as("given up at %s", fraction)
                    .isLessThanOrEqualTo(left + 0.005);
        }
    }

    /** Why retries take turns: by its place alone, which turns from slot to slot, about a third of Exim's mail would be given up at a tenth. */
    @Property(tries = 5)
    void byPlaceAloneRegularRetriesMeetTheSamePlaces(@ForAll long seed) {
        Random random = new Random(seed);
        int messages = 5_000;
        int given = 0;
        for (int i = 0; i < messages; i++) {
            given += isGivenUpByPlaceAlone(random, RetrySchedule.EXIM, 0.1) ? 1 : 0;
        }
        assertThat((double) given / messages).isBetween(0.25, 0.4);
    }

    private static boolean isGivenUpByPlaceAlone(Random random, RetrySchedule schedule, double fraction) {
        long envelope = random.nextLong();
        long arrived = random.nextLong(4_000_000) * Horizon.SLOT_MS;
        int tries = 1;
        for (long now = arrived; now - arrived <= schedule.lifetimeMs(); now = schedule.next(arrived, now, tries++)) {
            if (AdmitRule.admits(envelope, now, fraction)) {
                return false;
            }
        }
        return true;
    }

    private static int mostTries(RetrySchedule schedule) {
        int tries = 0;
        for (long now = 0; now <= schedule.lifetimeMs(); now = schedule.next(0, now, tries)) {
            tries++;
        }
        return tries;
    }

    private static Outcome run(Random random, RetrySchedule schedule, double fraction, int messages) {
        EnvelopeMemory memory = new EnvelopeMemory(100_000, 5 * 24 * Scenario.HOUR_MS);
        OperatorOverride held =
                new OperatorOverride(SENDER.text(), OperatorOverride.Action.THROTTLE, fraction, "pm", "t", 0, 1);
        PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atMs, b.atMs));
        long start = random.nextLong(4_000_000) * Horizon.SLOT_MS;
        for (int i = 0; i < messages; i++) {
            long at = start + random.nextInt(3_600_000);
            queue.add(new Due(random.nextLong(), at, at, 1));
        }
        Outcome outcome = new Outcome();
        while (!queue.isEmpty()) {
            Due due = queue.remove();
            Waiting waiting = memory.waiting(SENDER, due.envelope, due.atMs);
            boolean passes = new Attempt(SENDER, false, false, due.envelope, waiting, 0).passes(due.atMs, fraction);
            memory.answered(
                    SENDER, due.envelope, passes ? new Answer.Allowed(held) : new Answer.Overridden(held), due.atMs);
            outcome.retries += waiting == null ? 0 : 1;
            outcome.retriesPassed += waiting != null && passes ? 1 : 0;
            long next = schedule.next(due.arrivedMs, due.atMs, due.tries);
            if (passes) {
                outcome.delivered++;
                outcome.longestHours =
                        Math.max(outcome.longestHours, (double) (due.atMs - due.arrivedMs) / Scenario.HOUR_MS);
            } else if (next - due.arrivedMs > schedule.lifetimeMs()) {
                outcome.given++;
            } else {
                queue.add(new Due(due.envelope, due.arrivedMs, next, due.tries + 1));
            }
        }
        return outcome;
    }
}
