package io.weir.edge;

import io.weir.config.TopicName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an edge's knowledge as Kafka has it, in a thread of its own, for as long as it takes: starts before Kafka does, outlives it, and says
 * how much of what there is is known.
 */
final class KnowledgeFollower implements ReaderThread.Work, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KnowledgeFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(3).toNanos();

    /** The topics that are shown when they have been read whole. */
    private final Set<String> small;

    private final EdgeKnowledge knowledge;
    private final LongSupplier clock;
    private final ReaderThread thread;
    private volatile EdgeState state = EdgeState.OPEN;

    /**
     * @param namespace of the topics
     * @param clock the time of day, milliseconds since the epoch
     */
    KnowledgeFollower(
            Map<String, Object> clientSettings, String namespace, EdgeKnowledge knowledge, LongSupplier clock) {
        Map<String, TopicReader.Taker> small = Map.of(
                TopicName.OVERRIDES.in(namespace), knowledge.overrides(),
                TopicName.CONNECTORS.in(namespace), knowledge.connectorTable(),
                TopicName.RULES.in(namespace), knowledge.rules());
        this.small = small.keySet();
        Map<String, TopicReader.Taker> takers = new HashMap<>(small);
        takers.put(TopicName.VERDICTS.in(namespace), VerdictReader.taker(knowledge.verdicts()));
        this.knowledge = knowledge;
        this.clock = clock;
        this.thread = new ReaderThread("edge-knowledge", clientSettings, takers, this);
    }

    void start() {
        thread.start();
    }

    EdgeState state() {
        return state;
    }

    @Override
    public void follow(TopicReader from) {
        move(EdgeState.CATCHING_UP, "Kafka answers");
        Map<TopicPartition, Long> wanted = from.ends();
        long asked = System.nanoTime();
        boolean isWhole = false;
        knowledge.begin();
        while (!thread.isClosing()) {
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

    @Override
    public void cutOff(RuntimeException e) {
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

    @Override
    public void close() {
        thread.close();
    }
}
