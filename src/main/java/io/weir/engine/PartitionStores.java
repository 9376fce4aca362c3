package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.serde.StateCodec;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Controls;
import io.weir.throttle.InForce;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** The stores of one partition that this engine judges or keeps a copy of, read by whoever asks. */
final class PartitionStores {
    /** Of one sender, in one answer. */
    private static final int MOST_CONNECTORS = 32;

    private final KafkaStreams streams;
    private final StateCodec codec;
    private final int number;
    private final boolean standby;

    PartitionStores(KafkaStreams streams, StateCodec codec, int number, boolean standby) {
        this.streams = streams;
        this.codec = codec;
        this.number = number;
        this.standby = standby;
    }

    private <S> S store(String name, QueryableStoreType<S> type) {
        StoreQueryParameters<S> wanted =
                StoreQueryParameters.fromNameAndType(name, type).withPartition(number);
        return streams.store(standby ? wanted.enableStaleStores() : wanted);
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> keyValues(String name) {
        return store(name, QueryableStoreTypes.keyValueStore());
    }

    private ReadOnlyWindowStore<Bytes, byte[]> windows(String name) {
        return store(name, QueryableStoreTypes.windowStore());
    }

    ReadOnlyKeyValueStore<Bytes, byte[]> openVerdicts() {
        return keyValues(StoreNames.OPEN_VERDICTS);
    }

    Optional<SenderState> state(SenderKey sender) {
        return state(Bytes.wrap(sender.bytes()));
    }

    private Optional<SenderState> state(Bytes key) {
        return Optional.ofNullable(keyValues(StoreNames.SENDERS).get(key)).map(codec::readSender);
    }

    Optional<NetworkState> network(NetworkKey network) {
        return network(Bytes.wrap(network.bytes()));
    }

    private Optional<NetworkState> network(Bytes key) {
        return Optional.ofNullable(keyValues(StoreNames.SENDERS).get(key)).map(codec::readNetwork);
    }

    /** Of a sender, or of a network's newcomers. */
    @Nullable
    InForce inForce(Bytes key) {
        Optional<SenderState> state =
                key.get()[0] == NetworkKey.TAG ? network(key).map(NetworkState::newcomers) : state(key);
        return state.map(SenderState::inForce).orElse(null);
    }

    /** Their keys lie behind the sender's own. */
    List<SenderFacts.Trusted> trusted(SenderKey sender) {
        List<SenderFacts.Trusted> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> behind =
                keyValues(StoreNames.SENDERS).prefixScan(Bytes.wrap(sender.bytes()), new BytesSerializer())) {
            while (behind.hasNext() && found.size() < MOST_CONNECTORS) {
                var next = behind.next();
                SenderKey via = sender.viaOf(next.key.get());
                if (via != null) {
                    found.add(new SenderFacts.Trusted(via, codec.readSender(next.value)));
                }
            }
        }
        return found;
    }

    Controls controls() {
        byte[] stored = keyValues(StoreNames.CONTROLS).get(ControlStore.CONTROLS);
        return stored == null ? Controls.NONE : codec.readControls(stored);
    }

    /** Empty when the case is not in this partition. */
    Optional<CaseFacts> caseFacts(String caseId) {
        long newestMs = newestMs();
        ReadOnlyWindowStore<Bytes, byte[]> verdicts = windows(StoreNames.VERDICT_HISTORY);
        CaseKey.Place place = CaseKey.find(verdicts, caseId, newestMs).orElse(null);
        byte[] json = place == null ? null : verdicts.fetch(place.client(), place.seq());
        if (place == null || json == null) {
            return Optional.empty();
        }
        Verdict verdict = VerdictJson.read(json);
        if (place.client().get()[0] == NetworkKey.TAG) {
            Optional<CaseFacts.Network> known = network(place.client())
                    .map(state -> new CaseFacts.Network(NetworkKey.parse(verdict.client()), state));
            return Optional.of(new CaseFacts(verdict, Optional.empty(), known, controls(), newestMs));
        }
        Optional<CaseFacts.Sender> known = state(place.client())
                .map(state ->
                        new CaseFacts.Sender(SenderKey.ofBytes(place.client().get()), state));
        return Optional.of(new CaseFacts(verdict, known, Optional.empty(), controls(), newestMs));
    }

    long newestMs() {
        return MarkStore.newestMs(keyValues(StoreNames.CONTROLS));
    }

    List<PackedRows.Row> traffic(SenderKey sender, long fromDay, long toDay) {
        TreeMap<Long, PackedRows.Row> hours = new TreeMap<>();
        long dayMs = StateStores.DAY.toMillis();
        try (WindowStoreIterator<byte[]> days = windows(StoreNames.TRAFFIC)
                .fetch(
                        Bytes.wrap(sender.bytes()),
                        Instant.ofEpochMilli(fromDay * dayMs),
                        Instant.ofEpochMilli(toDay * dayMs))) {
            days.forEachRemaining(day -> put(hours, codec.readDay(day.value).rows()));
        }
        state(sender)
                .ifPresent(state -> put(hours, state.traffic().withCurrent().rows()));
        return List.copyOf(hours.subMap(fromDay * 24, toDay * 24 + 24).values());
    }

    private static void put(TreeMap<Long, PackedRows.Row> hours, List<PackedRows.Row> rows) {
        rows.forEach(row -> hours.put(row.index(), row));
    }

    List<Verdict> verdicts(Bytes client, long fromMs, long toMs, int most) {
        List<Verdict> verdicts = new ArrayList<>();
        try (WindowStoreIterator<byte[]> kept = windows(StoreNames.VERDICT_HISTORY)
                .fetch(client, Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs))) {
            while (kept.hasNext() && verdicts.size() < most) {
                verdicts.add(VerdictJson.read(kept.next().value));
            }
        }
        return verdicts;
    }
}
