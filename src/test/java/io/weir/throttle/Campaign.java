package io.weir.throttle;

import io.weir.simulate.RetrySchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one recipient each on their way through a {@link SiteEdge}: they arrive at random, and what is deferred is tried again from where it
 * was sent.
 */
final class Campaign {
    private final Scenario site;
    private final SiteEdge edge;
    private final Random random;
    private final @Nullable RetrySchedule retries;
    private final PriorityQueue<Due> queue = new PriorityQueue<>((a, b) -> Long.compare(a.atMs, b.atMs));
    private final List<Delivered> delivered = new ArrayList<>();
    private int messages;
    private int deferredAtFirst;

    /** A message in its sender's queue. */
    private record Due(String address, long envelope, long arrivedMs, long atMs, int tries) {}

    /** A message that was let in. */
    record Delivered(String address, long arrivedMs, long atMs) {}

    /** @param retries null when nothing is tried again */
    Campaign(Scenario site, SiteEdge edge, Random random, @Nullable RetrySchedule retries) {
        this.site = site;
        this.edge = edge;
        this.random = random;
        this.retries = retries;
    }

    /** So many messages between two moments, at random. */
    Campaign sends(int count, long fromMs, long toMs, Supplier<String> address) {
        for (int i = 0; i < count; i++) {
            long at = fromMs + (long) (random.nextDouble() * (toMs - fromMs));
            queue.add(new Due(address.get(), random.nextLong(), at, at, 0));
        }
        messages += count;
        return this;
    }

    /** Lets everything happen that is due before {@code toMs}. */
    Campaign run(long toMs) {
        while (!queue.isEmpty() && queue.peek().atMs < toMs) {
            Due due = queue.remove();
            site.at(0, "00:00").pass(due.atMs - site.now());
            if (!edge.attempt(due.address, due.envelope, 1).defers()) {
                delivered.add(new Delivered(due.address, due.arrivedMs, due.atMs));
                continue;
            }
            deferredAtFirst += due.tries == 0 ? 1 : 0;
            again(due);
        }
        return this;
    }

    private void again(Due due) {
        if (retries == null) {
            return;
        }
        // Each host's queue is run at times of its own.
        long phaseMs = Math.floorMod(due.address.hashCode() * 7_919L, 30 * Scenario.MINUTE_MS);
        long next = phaseMs + retries.next(due.arrivedMs - phaseMs, due.atMs - phaseMs, due.tries + 1);
        if (next - due.arrivedMs <= retries.lifetimeMs()) {
            long atMs = next + random.nextInt(5_000);
            queue.add(new Due(due.address, due.envelope, due.arrivedMs, atMs, due.tries + 1));
        }
    }

    List<Delivered> delivered() {
        return delivered;
    }

    /** Share of messages that did not get through so far. */
    double kept() {
        return 1 - (double) delivered.size() / messages;
    }

    /** Share of messages whose first attempt was deferred. */
    double deferredAtFirst() {
        return (double) deferredAtFirst / messages;
    }
}
