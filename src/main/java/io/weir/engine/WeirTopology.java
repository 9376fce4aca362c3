package io.weir.engine;

import io.weir.throttle.Throttle;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Events in, verdicts out:
 *
 * <pre>
 * smtp-connections --> judge --> smtp-verdicts
 *                        |
 *      senders, controls, open-verdicts, traffic, verdict-history
 * </pre>
 *
 * <p>By the Processor API, because an event may touch one store once, and the order of writes matters; windows of the DSL would touch
 * several. What cannot be read or must not be counted goes to the dead-letter topic. The judge reads the bytes itself and not a
 * deserializer before it: how many bits of an IPv6 address make a sender is in the rules, which come in the same order as the events;
 * and Kafka Streams would log a line for every record that its deserializer refuses.
 */
public final class WeirTopology implements Supplier<Topology> {
    private static final String SOURCE = "connections";
    private static final String JUDGE = "judge";
    private static final String SINK = "verdicts";

    private final TopologyOptions options;

    WeirTopology(TopologyOptions options) {
        this.options = options;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                SOURCE,
                new EventTime(),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                options.topics().connections());
        topology.addProcessor(JUDGE, judge(), SOURCE);
        topology.addSink(SINK, options.topics().verdicts(), new StringSerializer(), new ByteArraySerializer(), JUDGE);
        return topology;
    }

    private ProcessorSupplier<byte[], byte[], String, byte[]> judge() {
        JudgeOptions judge = new JudgeOptions(
                new Throttle(options.caseIds()),
                options.codec(),
                options.senders(),
                options.metrics(),
                options.sweep());
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, byte[]> get() {
                return new JudgeProcessor(judge);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return new LinkedHashSet<>(StateStores.all(options.retentionByRecordTime()));
            }
        };
    }
}
