package io.weir.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches a group eat a topic by its committed offsets, the same way for every contender, and reports the rate of the
 * second half, where start-up and warm-up are over.
 */
final class Progress {
    private static final long LOOK_MS = 50;
    private static final long LIMIT_MS = TimeUnit.MINUTES.toMillis(30);

    private final Admin admin;
    private final String topic;

    Progress(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    private record Seen(long nanos, long records) {}

    /**
     * Waits until the group has committed the whole topic.
     *
     * @param alive false when the contender has failed
     * @return records per second over the second half
     */
    double secondHalf(String group, int partitions, BooleanSupplier alive) throws Exception {
        List<Seen> seen = watch(group, partitions, alive);
        long total = seen.get(seen.size() - 1).records;
        return rate(seen, total);
    }

    /** Waits until the group has committed the whole topic. */
    void awaitEnd(String group, int partitions, BooleanSupplier alive) throws Exception {
        watch(group, partitions, alive);
    }

    private List<Seen> watch(String group, int partitions, BooleanSupplier alive) throws Exception {
        long total =
                ends(partitions).values().stream().mapToLong(Long::longValue).sum();
        List<Seen> seen = new ArrayList<>();
        long begin = System.nanoTime();
        while (seen.isEmpty() || seen.get(seen.size() - 1).records < total) {
            if (!alive.getAsBoolean() || System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(LIMIT_MS)) {
                throw new IllegalStateException(group + " did not reach the end of " + topic);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            seen.add(new Seen(System.nanoTime(), committed(group)));
        }
        return seen;
    }

    private static double rate(List<Seen> seen, long total) {
        Seen last = seen.get(seen.size() - 1);
        Seen half = seen.stream()
                .filter(look -> look.records >= total / 2)
                .findFirst()
                .orElseThrow();
        if (half.records == last.records) {
            throw new IllegalStateException("too few events: the second half passed between two looks");
        }
        return (last.records - half.records) * 1e9 / (last.nanos - half.nanos);
    }

    private long committed(String group) throws ExecutionException, InterruptedException, TimeoutException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    Map<TopicPartition, Long> ends(int partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            ask.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(ask).all().get(30, TimeUnit.SECONDS).forEach((tp, info) -> ends.put(tp, info.offset()));
        return ends;
    }
}
