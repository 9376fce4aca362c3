package io.weir.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a command that stays may stay: until somebody asks the process to end (SIGTERM, Ctrl-C). The one who asks waits until the
 * command has put everything in order; commands that hold nothing are not waited for.
 */
final class Lifetime {
    private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

    /** Less than the 30 s after which supervisors kill. */
    static final Duration GRACE = Duration.ofSeconds(27);

    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicReference<@Nullable Hold> held = new AtomicReference<>();

    /** From here until it is closed, {@link #end()} waits; at most one at a time. */
    final class Hold implements AutoCloseable {
        private final CountDownLatch released = new CountDownLatch(1);
        private @Nullable Thread toInterrupt;

        private Hold(@Nullable Thread toInterrupt) {
            this.toInterrupt = toInterrupt;
            held.set(this);
        }

        /** Whether the command shall end. */
        boolean isOver() {
            return ending.getCount() == 0;
        }

        /** Whether the command shall end, waiting so long for it to be asked to. An interrupt asks it as well. */
        boolean isOverWithin(Duration time) {
            try {
                return ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        /** Waits until the command shall end. */
        void awaitOver() {
            try {
                ending.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void interrupt() {
            if (toInterrupt != null) {
                toInterrupt.interrupt();
            }
        }

        /**
         * Takes the interrupt back, and none comes after: what is closed from here on must close in order, and waits for its threads.
         */
        synchronized void settle() {
            toInterrupt = null;
            if (Thread.interrupted()) {
                log.debug("closing after an interrupt");
            }
        }

        @Override
        public void close() {
            released.countDown();
        }
    }

    /** For a command that asks now and then whether it shall end. */
    Hold hold() {
        return new Hold(null);
    }

    /** For a command that runs what knows nothing of all this: the calling thread is interrupted when it shall end. */
    Hold holdInterruptibly() {
        return new Hold(Thread.currentThread());
    }

    /** Asks the command to end and waits for it, {@link #GRACE} at most. */
    void end() {
        ending.countDown();
        Hold hold = held.get();
        if (hold == null) {
            return;
        }
        hold.interrupt();
        try {
            // What is not in order by then is put right at the next start, as after a crash.
            boolean inOrder = hold.released.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("ended in order: {}", inOrder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
