package io.weir.edge;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done now and then, in a thread of its own. What fails is done again the next time. */
final class Chores implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Chores.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "edge-chores");
        thread.setDaemon(true);
        return thread;
    });

    /** From then on; one after the other. */
    void every(long seconds, Runnable work) {
        var unused = thread.scheduleWithFixedDelay(() -> attempt(work), seconds, seconds, TimeUnit.SECONDS);
    }

    /** Now, in the caller's thread. */
    static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("{}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
