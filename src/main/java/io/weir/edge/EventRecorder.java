package io.weir.edge;

import io.weir.edge.EventSpool.Pending;
import io.weir.model.ConnectionEvent;
import io.weir.serde.EventJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the threads that decide, which never wait for it, and puts them into the spool in a thread of its own. What comes while the
 * spool is being opened waits in memory; when {@value #MOST_WAITING} wait, further ones are dropped and counted. A spool that cannot be opened is
 * tried again and again: the disk may have been full.
 */
final class EventRecorder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    private static final int MOST_WAITING = 50_000;
    private static final int MOST_AT_ONCE = 2_000;
    /** Events are written together: each write alone costs more than an event, and waking up for each costs the event loops as well. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final EventJson json = new EventJson();
    private final BlockingQueue<ConnectionEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final HotClients hot = new HotClients();
    private final Supplier<EventSpool> open;
    private final EdgeMeters meters;
    private final Duration pause;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable EventSpool spool;
    private volatile boolean failing;

    /** @param open opens the spool; called in the recorder's thread until it succeeds */
    EventRecorder(Supplier<EventSpool> open, EdgeMeters meters) {
        this(open, meters, PAUSE);
    }

    /** @param pause between attempts to open the spool */
    EventRecorder(Supplier<EventSpool> open, EdgeMeters meters, Duration pause) {
        this.open = open;
        this.meters = meters;
        this.pause = pause;
        this.thread = new Thread(this::run, "edge-event-recorder");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void record(ConnectionEvent event) {
        if (!waiting.offer(event)) {
            meters.eventsDropped("full", 1);
        }
    }

    private void run() {
        EventSpool into = opened();
        if (into == null) {
            meters.eventsDropped("failed", waiting.size());
            return;
        }
        while (!(closing && waiting.isEmpty())) {
            try {
                keep(into, next());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closing = true;
            }
        }
        keep(into, hot.due(Long.MAX_VALUE));
    }

    /** Null when this recorder was closed before. */
    private @Nullable EventSpool opened() {
        while (!closing) {
            try {
                EventSpool opened = open.get();
                spool = opened;
                failed(null);
                return opened;
            } catch (RuntimeException e) {
                failed("no events are kept, and none reach Kafka: " + e.getMessage());
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        return null;
    }

    /** @param why null when all is well */
    private void failed(@Nullable String why) {
        if (why != null && !failing) {
            log.error("{}", why);
        } else if (why == null && failing) {
            log.info("events are kept again");
        }
        failing = why != null;
    }

    /** What has come, or after a while nothing. */
    private List<ConnectionEvent> next() throws InterruptedException {
        List<ConnectionEvent> out = new ArrayList<>();
        ConnectionEvent first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return hot.due(Long.MAX_VALUE);
        }
        if (!closing) {
            Thread.sleep(GATHER.toMillis());
        }
        List<ConnectionEvent> come = new ArrayList<>();
        come.add(first);
        waiting.drainTo(come, MOST_AT_ONCE - 1);
        for (ConnectionEvent event : come) {
            out.addAll(hot.due(event.occurredAtMs()));
            if (hot.passes(event)) {
                out.add(event);
            }
        }
        return out;
    }

    private void keep(EventSpool into, List<ConnectionEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            int dropped = into.add(pending(events));
            if (dropped > 0) {
                meters.eventsDropped("full", dropped);
                log.warn("the spool is full: the {} oldest events are dropped", dropped);
            }
            failed(null);
        } catch (RuntimeException e) {
            meters.eventsDropped("failed", events.size());
            failed("events cannot be kept and are dropped: " + e);
        }
    }

    private List<Pending> pending(List<ConnectionEvent> events) {
        List<Pending> pending = new ArrayList<>(events.size());
        for (ConnectionEvent event : events) {
            pending.add(pending(event));
        }
        return pending;
    }

    private Pending pending(ConnectionEvent event) {
        return new Pending(
                event.occurredAtMs(),
                event.sender().network(),
                number -> json.write(numbered(event, event.edge(), number)));
    }

    /** The event as this edge tells it. */
    static ConnectionEvent numbered(ConnectionEvent event, String edge, long number) {
        return new ConnectionEvent(
                event.transaction(),
                edge,
                number,
                event.occurredAtMs(),
                event.clientAddress(),
                event.sender(),
                event.outcome(),
                event.messages(),
                event.recipients(),
                event.retries(),
                event.wouldDefer(),
                event.bytes(),
                event.nullSender(),
                event.exemptBy(),
                event.planned(),
                event.facts());
    }

    /** Events that wait for Kafka; 0 before the spool is open. */
    long unsent() {
        EventSpool opened = spool;
        return opened == null ? 0 : opened.waiting();
    }

    /** Whether what happens is written down: the spool is open, and takes what comes. */
    boolean isKeeping() {
        return spool != null && !failing;
    }

    /** Whether the spool could not be opened or written when it was tried last. */
    boolean isFailing() {
        return failing;
    }

    /** Keeps what has come so far. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
