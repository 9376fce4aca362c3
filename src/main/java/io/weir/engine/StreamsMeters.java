package io.weir.engine;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Kafka Streams' own meters, those few that say whether it keeps up: it has more than a thousand, most of them per store and per
 * partition.
 */
final class StreamsMeters implements AutoCloseable {
    private static final String PREFIX = "kafka.";

    /** Per stream thread or consumer; each has the same tags everywhere. */
    static final Set<String> ALLOWED = Set.of(
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.ratio",
            "kafka.stream.thread.poll.ratio",
            "kafka.stream.thread.commit.ratio",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.task.created.total",
            "kafka.stream.thread.task.closed.total",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads");

    private static final Set<String> TAGS = Set.of("thread.id", "client.id");

    private final KafkaStreamsMetrics metrics;

    private StreamsMeters(KafkaStreamsMetrics metrics) {
        this.metrics = metrics;
    }

    /** Keeps all but the allowed meters out; to be called before anything registers a meter, or the registry complains. */
    static void restrict(MeterRegistry registry) {
        registry.config().meterFilter(filter());
    }

    static StreamsMeters bind(KafkaStreams streams, MeterRegistry registry) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return new StreamsMeters(metrics);
    }

    static MeterFilter filter() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return !id.getName().startsWith(PREFIX) || ALLOWED.contains(id.getName())
                        ? MeterFilterReply.NEUTRAL
                        : MeterFilterReply.DENY;
            }

            @Override
            public Meter.Id map(Meter.Id id) {
                if (!id.getName().startsWith(PREFIX)) {
                    return id;
                }
                List<Tag> kept = id.getTags().stream()
                        .filter(tag -> TAGS.contains(tag.getKey()))
                        .toList();
                return id.replaceTags(kept);
            }
        };
    }

    @Override
    public void close() {
        metrics.close();
    }
}
