package io.weir.edge;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics from their beginning in a thread of its own, and anew whenever that fails: starts before Kafka does, and outlives it. */
final class ReaderThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReaderThread.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ORDERLY = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> clientSettings;
    private final Map<String, TopicReader.Taker> takers;
    private final Work work;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable TopicReader reader;

    /** What is done with the topics. */
    interface Work {
        /** Reads on until {@link #isClosing()}, or throws when that goes no further. */
        void follow(TopicReader from);

        /** It went no further, or could not begin; it is tried again after a second. */
        void cutOff(RuntimeException why);
    }

    /** @param takers by topic */
    ReaderThread(String name, Map<String, Object> clientSettings, Map<String, TopicReader.Taker> takers, Work work) {
        this.clientSettings = clientSettings;
        this.takers = takers;
        this.work = work;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isClosing() {
        return closing;
    }

    private void run() {
        while (!closing) {
            try (TopicReader opened = new TopicReader(clientSettings, takers, VerdictReader.From.BEGINNING, TIMEOUT)) {
                reader = opened;
                work.follow(opened);
            } catch (WakeupException e) {
                log.debug("woken up to close");
            } catch (RuntimeException e) {
                // Whatever it is: who follows no more must not pass for one that knows.
                if (!closing) {
                    work.cutOff(e);
                    pause();
                }
            } finally {
                reader = null;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        TopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(ORDERLY.toMillis());
            // It may be waiting for an answer that does not come.
            thread.interrupt();
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
