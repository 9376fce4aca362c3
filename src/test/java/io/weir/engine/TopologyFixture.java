package io.weir.engine;

import io.weir.config.WeirConfig;
import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.StateCodec;
import io.weir.serde.VerdictJson;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without a broker, one partition. */
final class TopologyFixture implements AutoCloseable {
    static final CaseIds CASE_IDS = new CaseIds("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    final CountingMetrics metrics = new CountingMetrics();
    private final StateCodec codec = new StateCodec();
    private final EventJson json = new EventJson();
    private final RocksDbMemory memory = new RocksDbMemory(32 * 1024 * 1024);
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> connections;
    final TestOutputTopic<String, byte[]> verdicts;
    final TestOutputTopic<String, byte[]> deadLetters;

    TopologyFixture(Path dir) {
        this(dir, Sweep.Options.DEFAULT);
    }

    TopologyFixture(Path dir, Sweep.Options sweep) {
        this(dir, sweep, 0);
    }

    TopologyFixture(Path dir, Sweep.Options sweep, long cacheBytes) {
        this(dir, sweep, cacheBytes, CASE_IDS);
    }

    TopologyFixture(Path dir, Sweep.Options sweep, long cacheBytes, CaseIds caseIds) {
        WeirConfig config = WeirConfig.of(Map.of("data.dir", dir.toString(), "bootstrap.servers", "localhost:1"));
        EngineTopics topics = EngineTopics.of(config);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(
                config, new HostInfo("localhost", 1), new DeadLetters(topics.deadLetters(), metrics, () -> 0), memory));
        driver = new TopologyTestDriver(
                new WeirTopology(new TopologyOptions(
                                topics, caseIds, codec, new SenderCache(cacheBytes), metrics, true, sweep))
                        .get(),
                properties);
        connections = driver.createInputTopic(topics.connections(), new StringSerializer(), new ByteArraySerializer());
        verdicts = driver.createOutputTopic(topics.verdicts(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters =
                driver.createOutputTopic(topics.deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    void pipe(WeirEvent... events) {
        for (WeirEvent event : events) {
            pipe(key(event), json.write(event), event.occurredAtMs());
        }
    }

    void pipe(String key, byte[] value, long timestampMs) {
        connections.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timestampMs)));
    }

    static String key(WeirEvent event) {
        if (event instanceof ConnectionEvent connection) {
            return connection.sender().network();
        }
        return event instanceof Amendment amendment ? amendment.sender().network() : "control";
    }

    List<Verdict> verdicts() {
        return verdicts.readValuesToList().stream().map(VerdictJson::read).toList();
    }

    SenderState sender(SenderKey key) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(StoreNames.SENDERS);
        byte[] bytes = store.get(Bytes.wrap(key.bytes()));
        return bytes == null ? null : codec.readSender(bytes);
    }

    Controls controls() {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(StoreNames.CONTROLS);
        byte[] bytes = store.get(ControlStore.CONTROLS);
        return bytes == null ? null : codec.readControls(bytes);
    }

    int records(String storeName) {
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(storeName);
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    PackedRows day(SenderKey key, long day) {
        WindowStore<Bytes, byte[]> store = driver.getWindowStore(StoreNames.TRAFFIC);
        byte[] bytes = store.fetch(Bytes.wrap(key.bytes()), day * TestEvents.DAY);
        return bytes == null ? null : codec.readDay(bytes);
    }

    List<Verdict> history(SenderKey key) {
        WindowStore<Bytes, byte[]> store = driver.getWindowStore(StoreNames.VERDICT_HISTORY);
        List<Verdict> found = new ArrayList<>();
        try (WindowStoreIterator<byte[]> all = store.fetch(Bytes.wrap(key.bytes()), 0, Long.MAX_VALUE)) {
            all.forEachRemaining(entry -> found.add(VerdictJson.read(entry.value)));
        }
        return found;
    }

    /** Where a case leads at a time; null when nowhere. */
    CaseKey.Place place(String caseId, long newestMs) {
        WindowStore<Bytes, byte[]> store = driver.getWindowStore(StoreNames.VERDICT_HISTORY);
        return CaseKey.find(store, caseId, newestMs).orElse(null);
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }
}
