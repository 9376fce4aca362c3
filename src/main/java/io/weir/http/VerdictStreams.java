package io.weir.http;

import io.javalin.http.sse.SseClient;
import io.weir.operator.RecordsJson;
import io.weir.operator.VerdictFeed;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The streams that are open. Each has a thread, since who reads slowly may wait for nobody but itself; one that falls too far behind is ended. */
final class VerdictStreams implements AutoCloseable {
    static final int MOST = 32;

    private static final int MOST_WAITING = VerdictFeed.MOST + 1_000;
    /** Below the time after which idle connections are closed, here and on the way. */
    private static final long HEARTBEAT_MS = 10_000;

    private final Semaphore free = new Semaphore(MOST);
    private final Set<SseClient> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "verdict-stream");
        thread.setDaemon(true);
        return thread;
    });

    /** False when there are as many as there may be; {@link #run} gives it back, or else {@link #release}. */
    boolean reserve() {
        return free.tryAcquire();
    }

    void release() {
        free.release();
    }

    void run(SseClient client, VerdictFeed feed, String lastId, Predicate<VerdictFeed.Entry> wanted) {
        client.keepAlive();
        open.add(client);
        threads.execute(() -> {
            try {
                write(client, feed, lastId, wanted);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                open.remove(client);
                client.close();
                release();
            }
        });
    }

    private static void write(SseClient client, VerdictFeed feed, String lastId, Predicate<VerdictFeed.Entry> wanted)
            throws InterruptedException {
        BlockingQueue<VerdictFeed.Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        AtomicBoolean isBehind = new AtomicBoolean();
        VerdictFeed.Subscription subscription = feed.subscribe(lastId, entry -> {
            if (wanted.test(entry) && !waiting.offer(entry)) {
                isBehind.set(true);
            }
        });
        try {
            client.sendComment("verdicts");
            while (!client.terminated() && !isBehind.get()) {
                VerdictFeed.Entry entry = waiting.poll(HEARTBEAT_MS, TimeUnit.MILLISECONDS);
                if (entry == null) {
                    client.sendComment("still here");
                } else {
                    client.sendEvent("verdict", RecordsJson.of(entry.verdict()).toString(), entry.id());
                }
            }
        } finally {
            subscription.close();
        }
    }

    @Override
    public void close() {
        open.forEach(SseClient::close);
        threads.shutdownNow();
    }
}
