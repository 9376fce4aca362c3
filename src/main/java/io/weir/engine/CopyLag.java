package io.weir.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.LagInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many changes the stores of this engine lack: copies, and what is being restored. Kafka is asked for it, so that it is asked at most once
 * in a while, by a thread of its own, and nobody waits long.
 */
final class CopyLag implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CopyLag.class);
    private static final long FRESH_MS = 1_000;
    private static final long PATIENCE_MS = 500;

    private final Supplier<Map<String, Map<Integer, LagInfo>>> lags;
    private final LongSupplier clockMs;
    private final long marker;
    private final ExecutorService asker;
    private CompletableFuture<Map<String, Map<Integer, LagInfo>>> last = CompletableFuture.completedFuture(Map.of());
    private long askedMs = Long.MIN_VALUE;

    /**
     * @param lags by store and partition, as Kafka Streams tells them
     * @param clockMs milliseconds since the epoch
     * @param exactlyOnce whether a changelog ends with the mark of a transaction, which is an offset and no change
     */
    CopyLag(Supplier<Map<String, Map<Integer, LagInfo>>> lags, LongSupplier clockMs, boolean exactlyOnce) {
        this.lags = lags;
        this.marker = exactlyOnce ? 1 : 0;
        this.clockMs = clockMs;
        this.asker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "copy-lag");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Changes that the worst store of a partition lacks; {@link Answer#UNKNOWN_LAG} when that cannot be told in time. */
    long of(int partition) {
        Map<String, Map<Integer, LagInfo>> known = ask();
        long lag = Answer.UNKNOWN_LAG;
        for (Map<Integer, LagInfo> byPartition : known.values()) {
            LagInfo info = byPartition.get(partition);
            if (info != null) {
                lag = Math.max(lag, Math.max(0, info.offsetLag() - marker));
            }
        }
        return lag;
    }

    private Map<String, Map<Integer, LagInfo>> ask() {
        try {
            return question().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log.debug("lags are not known", e);
        } catch (TimeoutException e) {
            log.debug("Kafka does not tell lags in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Map.of();
    }

    private synchronized CompletableFuture<Map<String, Map<Integer, LagInfo>>> question() {
        long now = clockMs.getAsLong();
        boolean isOld = now < askedMs || now - askedMs > FRESH_MS;
        if (last.isDone() && (isOld || askedMs == Long.MIN_VALUE) && !asker.isShutdown()) {
            askedMs = now;
            last = CompletableFuture.supplyAsync(lags, asker);
        }
        return last;
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
