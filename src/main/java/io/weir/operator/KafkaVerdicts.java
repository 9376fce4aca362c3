package io.weir.operator;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Verdict;
import io.weir.operator.OperatorException.Kind;
import io.weir.serde.MalformedVerdictException;
import io.weir.serde.VerdictJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link VerdictFeed} from the topic of a namespace. */
public final class KafkaVerdicts implements VerdictFeed, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KafkaVerdicts.class);
    /** What each partition's end is read back at the start. */
    private static final long TAIL = 1_000;

    private final Deque<Entry> newest = new ArrayDeque<>();
    private final Set<Consumer<Entry>> listeners = ConcurrentHashMap.newKeySet();
    private final TopicFollower follower;
    private boolean isWhole;
    private boolean isCutOff;

    /** Begins to read, and returns at once. */
    public static KafkaVerdicts open(WeirConfig config) {
        return new KafkaVerdicts(config);
    }

    private KafkaVerdicts(WeirConfig config) {
        this.follower = new TopicFollower(
                "verdict-feed",
                OperatorClients.settings(config),
                List.of(TopicName.VERDICTS.in(config.namespace())),
                TAIL,
                new Taking());
    }

    @Override
    public synchronized List<Entry> newest() {
        if (!isWhole) {
            throw new OperatorException(Kind.UNREACHABLE, "Kafka has not told the newest verdicts yet");
        }
        return List.copyOf(newest);
    }

    /** Nothing is missed between those that are kept and those to come. */
    @Override
    public synchronized Subscription subscribe(String afterId, Consumer<Entry> listener) {
        boolean isKnown = newest.stream().anyMatch(entry -> entry.id().equals(afterId));
        boolean isAfter = false;
        for (Entry entry : newest) {
            if (isKnown && isAfter) {
                listener.accept(entry);
            }
            isAfter = isAfter || entry.id().equals(afterId);
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** What was there before is put in the order of time, since each partition is read by itself. */
    private final class Taking implements TopicFollower.Sink {
        private final List<Entry> old = new ArrayList<>();
        private boolean isFirst = true;

        @Override
        public void begin() {
            old.clear();
            isFirst = true;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> found) {
            if (found.value() == null) {
                return;
            }
            try {
                Verdict verdict = VerdictJson.read(found.value());
                Entry entry = new Entry(found.partition() + "-" + found.offset(), verdict);
                if (isFirst) {
                    old.add(entry);
                } else {
                    keep(entry);
                }
            } catch (MalformedVerdictException e) {
                log.warn(
                        "verdict skipped partition={} offset={}: {}",
                        found.partition(),
                        found.offset(),
                        e.getMessage());
            }
        }

        @Override
        public void taken(boolean nowWhole) {
            if (nowWhole && isFirst) {
                isFirst = false;
                old.sort(Comparator.comparingLong(entry -> entry.verdict().decidedAtMs()));
                keepAll(old);
                old.clear();
            }
        }

        @Override
        public void cutOff(Throwable why) {
            if (!isCutOff) {
                log.warn("verdicts cannot be read: {}", why.toString());
            }
            isCutOff = true;
        }
    }

    /** After a break what came before it is handed to nobody twice. */
    private synchronized void keepAll(List<Entry> old) {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        newest.forEach(entry -> ids.add(entry.id()));
        boolean isAgain = isWhole;
        isWhole = true;
        isCutOff = false;
        for (Entry entry : old) {
            if (!ids.contains(entry.id())) {
                if (isAgain) {
                    keep(entry);
                } else {
                    add(entry);
                }
            }
        }
    }

    private synchronized void keep(Entry entry) {
        add(entry);
        listeners.forEach(listener -> listener.accept(entry));
    }

    private void add(Entry entry) {
        newest.addLast(entry);
        if (newest.size() > MOST) {
            newest.removeFirst();
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
