package io.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.serde.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** What the engine is compared with: plain topologies over the same events. */
final class Yardsticks {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Yardsticks() {}

    /** The ceiling: parses each event by the engine's own parser, and does nothing with it. */
    static Topology parseOnly(String topic, Properties properties) {
        EventJson json = new EventJson();
        Topology topology = new Topology(new TopologyConfig(new StreamsConfig(properties)));
        topology.addSource("events", Serdes.ByteArray().deserializer(), (name, bytes) -> json.read(bytes), topic);
        topology.addProcessor("ignore", Ignore::new, "events");
        return topology;
    }

    private static final class Ignore implements Processor<byte[], Object, Void, Void> {
        @Override
        public void process(Record<byte[], Object> record) {
            if (record.value() == null) {
                throw new IllegalStateException("the load has no empty records");
            }
        }
    }

    /** A plain count per sender and 5-minute window. */
    static Topology tumblingCount(String topic, Properties properties) {
        return count(topic, properties, TimeWindows.ofSizeWithNoGrace(FIVE_MINUTES));
    }

    /** A plain count per sender over an hour, advancing by 5 minutes: each event is in 12 windows. */
    static Topology hoppingCount(String topic, Properties properties) {
        return count(
                topic,
                properties,
                TimeWindows.ofSizeWithNoGrace(Duration.ofHours(1)).advanceBy(FIVE_MINUTES));
    }

    private static Topology count(String topic, Properties properties, TimeWindows windows) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        builder.stream(topic, Consumed.with(Serdes.String(), json()).withName("events"))
                .groupByKey(Grouped.with("by-network", Serdes.String(), json()))
                .windowedBy(windows)
                .count(Materialized.<String, Long>as(org.apache.kafka.streams.state.Stores.persistentWindowStore(
                                "counts", Duration.ofDays(3), Duration.ofMillis(windows.size()), false))
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()));
        return builder.build(properties);
    }

    private static Serde<JsonNode> json() {
        return Serdes.serdeFrom((topic, node) -> write(node), (topic, bytes) -> read(bytes));
    }

    private static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
