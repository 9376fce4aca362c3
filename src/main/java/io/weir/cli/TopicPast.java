package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.replay.offline.Past;
import io.weir.serde.EventJson;
import io.weir.serde.EventPlace;
import io.weir.serde.MalformedEventException;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What {@code smtp-connections} holds, up to where it ends when the reading begins: each partition in its order, and of all partitions the
 * oldest record first. What an engine would make a dead letter is left out and counted.
 */
final class TopicPast implements Past {
    private static final Duration POLL = Duration.ofMillis(200);
    /** Records of one partition that wait for the others'. */
    private static final int MOST_AHEAD = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final List<TopicPartition> partitions;
    private final long untilMs;
    private final @Nullable Integer ipv6Prefix;
    private final Lifetime.Hold hold;
    private final ReplayProgress progress;
    private long records;
    private long refused;

    /**
     * @param untilMs what is later is not read
     * @param ipv6Prefix bits of an IPv6 address that make a sender; null for what the recorded rules say
     */
    TopicPast(
            Cluster cluster, long untilMs, @Nullable Integer ipv6Prefix, Lifetime.Hold hold, ReplayProgress progress) {
        this.cluster = cluster;
        this.partitions =
                cluster.partitions(TopicName.CONNECTIONS.in(cluster.config().namespace()));
        this.untilMs = untilMs;
        this.ipv6Prefix = ipv6Prefix;
        this.hold = hold;
        this.progress = progress;
    }

    /** What was read of one partition and not yet taken. */
    private final class Ahead {
        private final TopicPartition partition;
        private final long end;
        private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private EventJson json = new EventJson();

        private Ahead(TopicPartition partition, long end) {
            this.partition = partition;
            this.end = end;
            if (ipv6Prefix != null) {
                json = new EventJson(ipv6Prefix);
            }
        }

        private boolean isWanting(KafkaConsumer<byte[], byte[]> consumer) {
            return records.isEmpty() && consumer.position(partition) < end;
        }

        /** Null for what an engine would refuse. */
        private @Nullable WeirEvent event(ConsumerRecord<byte[], byte[]> found) {
            try {
                if (found.value() == null) {
                    return null;
                }
                WeirEvent event = json.read(found.value());
                boolean isGood = EventPlace.early(event, Math.max(0, found.timestamp())) == null
                        && EventPlace.misplaced(event, found.key()) == null;
                if (isGood && ipv6Prefix == null && event instanceof RulesChange change) {
                    json = new EventJson(Rules.of(change.settings()).ipv6Prefix());
                }
                return isGood ? event : null;
            } catch (MalformedEventException | RulesException e) {
                return null;
            }
        }
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public boolean byEdges() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void forEach(Taker taker) {
        Map<TopicPartition, Long> ends = cluster.ends(partitions);
        List<Ahead> all = new ArrayList<>();
        partitions.forEach(partition -> all.add(new Ahead(partition, ends.getOrDefault(partition, 0L))));
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long begin = position(consumer);
            long whole = ends.values().stream().mapToLong(Long::longValue).sum() - begin;
            while (fill(consumer, all)) {
                takeOldest(consumer, all, taker);
                progress.at(position(consumer) - begin, OptionalLong.of(whole));
            }
        } finally {
            progress.end();
        }
    }

    private long position(KafkaConsumer<byte[], byte[]> consumer) {
        return partitions.stream().mapToLong(consumer::position).sum();
    }

    /** Reads until every partition that has more has something to take. False when there is nothing left. */
    private boolean fill(KafkaConsumer<byte[], byte[]> consumer, List<Ahead> all) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (all.stream().anyMatch(one -> one.isWanting(consumer))) {
            if (hold.isOver()) {
                throw CommandException.failed("ended before all was read");
            }
            var found = consumer.poll(POLL);
            found.forEach(one -> keep(all.get(one.partition()), one));
            if (!found.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw CommandException.unreachable(
                        "Kafka at " + cluster.config().bootstrapServers() + " has brought nothing for "
                                + PATIENCE.toSeconds() + " s");
            }
            for (Ahead one : all) {
                if (one.records.size() >= MOST_AHEAD) {
                    consumer.pause(List.of(one.partition));
                }
            }
        }
        return all.stream().anyMatch(one -> !one.records.isEmpty());
    }

    private static void keep(Ahead ahead, ConsumerRecord<byte[], byte[]> found) {
        if (found.offset() < ahead.end) {
            ahead.records.add(found);
        }
    }

    /** Takes records in the order of their times, until a partition that has more has none at hand. */
    private void takeOldest(KafkaConsumer<byte[], byte[]> consumer, List<Ahead> all, Taker taker) {
        while (true) {
            Ahead oldest = null;
            for (Ahead one : all) {
                ConsumerRecord<byte[], byte[]> head = one.records.peek();
                if (head == null && consumer.position(one.partition) < one.end) {
                    return;
                }
                if (head != null
                        && (oldest == null
                                || head.timestamp() < oldest.records.element().timestamp())) {
                    oldest = one;
                }
            }
            if (oldest == null) {
                return;
            }
            take(oldest, taker);
            if (oldest.records.size() == MOST_AHEAD / 2) {
                consumer.resume(List.of(oldest.partition));
            }
        }
    }

    private void take(Ahead from, Taker taker) {
        ConsumerRecord<byte[], byte[]> record = from.records.remove();
        if (record.timestamp() >= untilMs) {
            return;
        }
        records++;
        progress.event();
        WeirEvent event = from.event(record);
        if (event == null) {
            refused++;
        } else {
            taker.take(record.partition(), event);
        }
    }

    /** A line for each thing that was read. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        told.add(records + " records of "
                + TopicName.CONNECTIONS.in(cluster.config().namespace()) + ", " + partitions.size() + " partitions, at "
                + cluster.config().bootstrapServers());
        if (refused > 0) {
            told.add(refused + " of them are dead letters for an engine");
        }
        return told;
    }
}
