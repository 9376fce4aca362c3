package io.weir.edge;

import io.weir.config.TopicName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an edge's knowledge as Kafka has it, in a thread of its own, for as long as it takes: starts before Kafka does, outlives it, and says
 * how much of what there is is known.
 */
final class KnowledgeFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KnowledgeFollower.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(3).toNanos();
    private static final Duration ORDERLY = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> clientSettings;
    private final Map<String, TopicReader.Taker> takers;
    /** The topics that are shown when they have been read whole. */
    private final Set<String> small;

    private final EdgeKnowledge knowledge;
    private final LongSupplier clock;
    private final Thread thread;
    private volatile EdgeState state = EdgeState.OPEN;
    private volatile boolean closing;
    private volatile @Nullable TopicReader reader;

    /**
     * @param namespace of the topics
     * @param clock the time of day, milliseconds since the epoch
     */
    KnowledgeFollower(
            Map<String, Object> clientSettings, String namespace, EdgeKnowledge knowledge, LongSupplier clock) {
        this.clientSettings = clientSettings;
        Map<String, TopicReader.Taker> small = Map.of(
                TopicName.OVERRIDES.in(namespace), knowledge.overrides(),
                TopicName.CONNECTORS.in(namespace), knowledge.connectorTable(),
                TopicName.RULES.in(namespace), knowledge.rules());
        this.small = small.keySet();
        this.takers = new HashMap<>(small);
        takers.put(TopicName.VERDICTS.in(namespace), VerdictReader.taker(knowledge.verdicts()));
        this.knowledge = knowledge;
        this.clock = clock;
        this.thread = new Thread(this::run, "edge-knowledge");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    EdgeState state() {
        return state;
    }

    private void run() {
        while (!closing) {
            try (TopicReader opened = new TopicReader(clientSettings, takers, VerdictReader.From.BEGINNING, TIMEOUT)) {
                reader = opened;
                move(EdgeState.CATCHING_UP, "Kafka answers");
                follow(opened);
            } catch (WakeupException e) {
                log.debug("woken up to close");
            } catch (RuntimeException e) {
                // Whatever it is: an edge that follows no more must not pass for one that knows.
                if (!closing) {
                    cutOff(e);
                    pause();
                }
            } finally {
                reader = null;
            }
        }
    }

    private void follow(TopicReader from) {
        Map<TopicPartition, Long> wanted = from.ends();
        long asked = System.nanoTime();
        boolean isWhole = false;
        knowledge.begin();
        while (!closing) {
            from.poll(POLL);
            isWhole = isWhole || from.caughtUp(small);
            if (isWhole) {
                knowledge.show();
            }
            if (state != EdgeState.ENFORCING && from.isAt(wanted)) {
                move(EdgeState.ENFORCING, knowledge.verdicts().size() + " verdicts known");
            }
            if (System.nanoTime() - asked > HEARTBEAT_NANOS) {
                // A consumer that is cut off says nothing; a question shows it.
                wanted = from.ends();
                asked = System.nanoTime();
            }
        }
    }

    private void cutOff(RuntimeException e) {
        boolean known = knowledge.verdicts().hasThrottleAt(clock.getAsLong());
        move(
                known ? EdgeState.STALE : EdgeState.OPEN,
                e instanceof VerdictTopicException ? String.valueOf(e.getMessage()) : e.toString());
    }

    private void move(EdgeState now, String why) {
        if (state != now) {
            boolean worse = now == EdgeState.STALE || now == EdgeState.OPEN;
            if (worse) {
                log.warn("edge {} -> {}: {}", state.label(), now.label(), why);
            } else {
                log.info("edge {} -> {}: {}", state.label(), now.label(), why);
            }
            state = now;
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
