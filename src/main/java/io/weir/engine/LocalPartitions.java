package io.weir.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** The partitions that this engine judges or keeps a copy of, and how far behind it is. */
final class LocalPartitions implements AutoCloseable {
    private final KafkaStreams streams;
    private final Supplier<EngineState> state;
    private final CopyLag lag;
    private volatile int inAll;

    LocalPartitions(KafkaStreams streams, Supplier<EngineState> state, LongSupplier clockMs, boolean exactlyOnce) {
        this.streams = streams;
        this.state = state;
        this.lag = new CopyLag(streams::allLocalStorePartitionLags, clockMs, exactlyOnce);
    }

    /** How many partitions the site has. */
    void inAll(int partitions) {
        inAll = partitions;
    }

    int inAll() {
        return inAll;
    }

    /** Whether it has any to answer for, or is about to. */
    boolean isRunning() {
        return isRunning(state.get());
    }

    private static boolean isRunning(EngineState state) {
        return state == EngineState.READY || state == EngineState.RESTORING;
    }

    /** In their order. */
    List<Integer> judged() {
        return numbers(ThreadMetadata::activeTasks);
    }

    /** In their order. */
    List<Integer> copied() {
        return numbers(ThreadMetadata::standbyTasks);
    }

    /** Changes that the stores of a partition lack. */
    long lag(int partition) {
        return lag.of(partition);
    }

    private List<Integer> numbers(Function<ThreadMetadata, Set<TaskMetadata>> tasks) {
        return tasks(tasks)
                .map(task -> task.taskId().partition())
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<TaskMetadata> tasks(Function<ThreadMetadata, Set<TaskMetadata>> tasks) {
        return streams.metadataForLocalThreads().stream().flatMap(thread -> tasks.apply(thread).stream());
    }

    /** Tells the greatest event time of a partition. */
    interface Newest {
        /** @return 0 when it cannot be told */
        long of(int partition, boolean standby);
    }

    EngineReport report(EngineAddress address, Newest newest) {
        EngineState now = state.get();
        List<EngineReport.Partition> partitions = new ArrayList<>();
        if (isRunning(now)) {
            try {
                tasks(ThreadMetadata::activeTasks).forEach(task -> partitions.add(judged(task, newest)));
                copied().forEach(number -> partitions.add(
                        new EngineReport.Partition(number, true, false, 0, lag(number), newest.of(number, true))));
            } catch (IllegalStateException e) {
                // It ends at this moment: what it had is somebody else's.
                partitions.clear();
            }
        }
        partitions.sort(
                (a, b) -> a.standby() == b.standby() ? Integer.compare(a.number(), b.number()) : a.standby() ? 1 : -1);
        return new EngineReport(address, now, partitions, inAll);
    }

    /** One that is restored answers nothing, and lacks something. */
    private EngineReport.Partition judged(TaskMetadata task, Newest newest) {
        int number = task.taskId().partition();
        long events = task.endOffsets().entrySet().stream()
                .mapToLong(end ->
                        Math.max(0, end.getValue() - task.committedOffsets().getOrDefault(end.getKey(), 0L)))
                .sum();
        long newestMs = newest.of(number, false);
        long missing = newestMs > 0 ? 0 : lag(number);
        return new EngineReport.Partition(number, false, missing > 0, events, missing, newestMs);
    }

    @Override
    public void close() {
        lag.close();
    }
}
