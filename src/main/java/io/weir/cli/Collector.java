package io.weir.cli;

import io.weir.edge.EventFeed;
import io.weir.replay.log.LogFollower;
import io.weir.replay.log.LogFollower.Batch;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries events from a log to the spool. Nothing is dropped when Kafka is away: the log is the longer queue, and waits. */
final class Collector {
    private static final Logger log = LoggerFactory.getLogger(Collector.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration SHORT_LOOK = Duration.ofMillis(20);
    private static final Duration TELL = Duration.ofMinutes(5);
    /** Without --follow: so long Kafka may take no event before the command gives up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String source;
    private final LogFollower from;
    private final EventFeed to;
    private final Lifetime.Hold hold;
    private long kept;
    private long toldNanos = System.nanoTime();

    Collector(String source, LogFollower from, EventFeed to, Lifetime.Hold hold) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.hold = hold;
    }

    /** Until the command shall end; without {@code follow}, until all is read and sent. */
    void run(boolean follow) throws IOException {
        awaitRules(follow);
        Progress progress = new Progress(to.unsent());
        while (!hold.isOver()) {
            Batch batch = to.hasRoom() ? from.next() : null;
            if (batch != null) {
                kept += to.add(batch.events(), source, batch.mark());
            } else if (!follow && to.unsent() == 0) {
                return;
            } else if (!follow) {
                progress.require(to.unsent());
                hold.isOverWithin(LOOK);
            } else {
                hold.isOverWithin(LOOK);
            }
            tell();
        }
    }

    /** The rules say for whom an address counts; until they are known the log waits, as it does whenever Kafka is away. */
    private void awaitRules(boolean follow) throws IOException {
        long sinceNanos = System.nanoTime();
        while (!to.knowsRules() && !hold.isOverWithin(SHORT_LOOK)) {
            if (!follow && System.nanoTime() - sinceNanos > PATIENCE.toNanos()) {
                throw CommandException.unreachable(
                        "Kafka does not tell the site's rules, which say for whom an address counts");
            }
            tell();
        }
    }

    private void tell() throws IOException {
        if (System.nanoTime() - toldNanos > TELL.toNanos()) {
            toldNanos = System.nanoTime();
            log.info("{}: {}", source, standing());
        }
    }

    /** For the log, and for the end. */
    String standing() throws IOException {
        return kept + " events kept, " + to.unsent() + " wait for Kafka, " + from.bytesBehind()
                + " bytes of the log not read yet";
    }

    /** Whether Kafka takes what waits. */
    private static final class Progress {
        private long fewest;
        private long sinceNanos = System.nanoTime();

        Progress(long waiting) {
            this.fewest = waiting;
        }

        void require(long waiting) {
            if (waiting != fewest) {
                fewest = waiting;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > PATIENCE.toNanos()) {
                throw CommandException.unreachable(
                        "Kafka takes no events; " + waiting + " wait on disk, and are sent at the next start");
            }
        }
    }
}
