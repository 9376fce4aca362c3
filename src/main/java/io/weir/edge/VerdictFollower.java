package io.weir.edge;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code smtp-verdicts} in a thread of its own, from where it is told to begin until it is closed. */
public final class VerdictFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VerdictFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final VerdictReader reader;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean hasCaughtUp;

    private VerdictFollower(VerdictReader reader) {
        this.reader = reader;
        this.thread = new Thread(this::follow, "verdict-follower");
        thread.setDaemon(true);
    }

    /**
     * Begins to follow.
     *
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param topic full name, with its namespace
     * @param timeout how long each question to the cluster may take
     * @param listener called in the follower's thread
     * @throws VerdictTopicException when the topic is not there or the cluster does not answer
     */
    public static VerdictFollower start(
            Map<String, ?> clientSettings,
            String topic,
            VerdictReader.From from,
            Duration timeout,
            VerdictListener listener) {
        VerdictFollower follower =
                new VerdictFollower(new VerdictReader(clientSettings, topic, from, timeout, listener));
        follower.thread.start();
        return follower;
    }

    private void follow() {
        try (reader) {
            while (!closing) {
                if (!hasCaughtUp && reader.caughtUp()) {
                    hasCaughtUp = true;
                    caughtUp.countDown();
                }
                reader.poll(POLL);
            }
        } catch (WakeupException e) {
            log.debug("woken up to close");
        } catch (RuntimeException e) {
            failure.set(e);
            log.error("verdicts are no longer followed: {}", e.toString());
        } finally {
            caughtUp.countDown();
            ended.countDown();
        }
    }

    /** Waits until everything is read that was there at the start; false when that took longer, or following has ended. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && hasCaughtUp;
    }

    /** Waits until following has ended, by {@link #close()} or by a failure; false when it goes on. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why following has ended, when it was not closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Records that could not be understood so far. */
    public long malformed() {
        return reader.malformed();
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        closing = true;
        reader.wakeup();
        try {
            if (!awaitEnd(LONGEST_CLOSE)) {
                log.warn("verdict follower did not end within {} s", LONGEST_CLOSE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
