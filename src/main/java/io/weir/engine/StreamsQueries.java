package io.weir.engine;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.serde.StateCodec;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Controls;
import io.weir.throttle.InForce;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** Queries on the stores of a running Kafka Streams; they read through its caches, and so see what is judged but not yet committed. */
final class StreamsQueries implements Queries {
    /** Of one sender, in one answer. */
    private static final int MOST_CONNECTORS = 32;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final HostInfo self;
    private final StateCodec codec;

    StreamsQueries(KafkaStreams streams, HostInfo self, StateCodec codec) {
        this.streams = streams;
        this.self = self;
        this.codec = codec;
    }

    /** The stores of one partition of this engine. */
    private final class Partition {
        private final int number;
        private final boolean standby;

        private Partition(int number, boolean standby) {
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

        private Optional<SenderState> state(SenderKey sender) {
            return state(Bytes.wrap(sender.bytes()));
        }

        private Optional<SenderState> state(Bytes key) {
            return Optional.ofNullable(keyValues(StoreNames.SENDERS).get(key)).map(codec::readSender);
        }

        private Optional<NetworkState> network(Bytes key) {
            return Optional.ofNullable(keyValues(StoreNames.SENDERS).get(key)).map(codec::readNetwork);
        }

        /** Of a sender, or of a network's newcomers. */
        private @Nullable InForce inForce(Bytes key) {
            Optional<SenderState> state =
                    key.get()[0] == NetworkKey.TAG ? network(key).map(NetworkState::newcomers) : state(key);
            return state.map(SenderState::inForce).orElse(null);
        }

        /** Their keys lie behind the sender's own. */
        private List<SenderFacts.Trusted> trusted(SenderKey sender) {
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

        private Controls controls() {
            byte[] stored = keyValues(StoreNames.CONTROLS).get(ControlStore.CONTROLS);
            return stored == null ? Controls.NONE : codec.readControls(stored);
        }

        private Optional<CaseFacts> caseFacts(String caseId) {
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
                    .map(state -> new CaseFacts.Sender(
                            SenderKey.ofBytes(place.client().get()), state));
            return Optional.of(new CaseFacts(verdict, known, Optional.empty(), controls(), newestMs));
        }

        private long newestMs() {
            return MarkStore.newestMs(keyValues(StoreNames.CONTROLS));
        }
    }

    @Override
    public Answer<SenderKey> senderOf(String address) {
        SenderKey usual = ClientAddress.parse(address).sender();
        return ask(
                usual.network(),
                partition ->
                        partition.controls().rules().senders().client(address).sender());
    }

    @Override
    public Answer<SenderFacts> sender(SenderKey sender) {
        return ask(sender.network(), partition -> {
            Optional<SenderState> state = partition.state(sender);
            Map<NetworkKey, NetworkState> networks = new HashMap<>();
            for (NetworkKey network : sender.networks()) {
                partition.network(Bytes.wrap(network.bytes())).ifPresent(known -> networks.put(network, known));
            }
            return new SenderFacts(
                    state, partition.trusted(sender), networks, partition.controls(), partition.newestMs());
        });
    }

    @Override
    public Answer<NetworkFacts> network(NetworkKey network) {
        return ask(
                network.eventKey(),
                partition -> new NetworkFacts(
                        network,
                        partition.network(Bytes.wrap(network.bytes())),
                        partition.controls(),
                        partition.newestMs()));
    }

    @Override
    public Answer<List<PackedRows.Row>> traffic(SenderKey sender, long fromDay, long toDay) {
        return ask(sender.network(), partition -> {
            TreeMap<Long, PackedRows.Row> hours = new TreeMap<>();
            long dayMs = StateStores.DAY.toMillis();
            try (WindowStoreIterator<byte[]> days = partition
                    .windows(StoreNames.TRAFFIC)
                    .fetch(
                            Bytes.wrap(sender.bytes()),
                            Instant.ofEpochMilli(fromDay * dayMs),
                            Instant.ofEpochMilli(toDay * dayMs))) {
                days.forEachRemaining(day -> put(hours, codec.readDay(day.value).rows()));
            }
            partition
                    .state(sender)
                    .ifPresent(state -> put(hours, state.traffic().withCurrent().rows()));
            return List.copyOf(hours.subMap(fromDay * 24, toDay * 24 + 24).values());
        });
    }

    private static void put(TreeMap<Long, PackedRows.Row> hours, List<PackedRows.Row> rows) {
        rows.forEach(row -> hours.put(row.index(), row));
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(SenderKey sender, long fromMs, long toMs) {
        return verdictsOf(sender.network(), Bytes.wrap(sender.bytes()), fromMs, toMs);
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(NetworkKey network, long fromMs, long toMs) {
        return verdictsOf(network.eventKey(), Bytes.wrap(network.bytes()), fromMs, toMs);
    }

    private Answer<List<Verdict>> verdictsOf(String eventKey, Bytes client, long fromMs, long toMs) {
        return ask(eventKey, partition -> {
            List<Verdict> verdicts = new ArrayList<>();
            try (WindowStoreIterator<byte[]> kept = partition
                    .windows(StoreNames.VERDICT_HISTORY)
                    .fetch(client, Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs))) {
                while (kept.hasNext() && verdicts.size() < MOST) {
                    verdicts.add(VerdictJson.read(kept.next().value));
                }
            }
            return verdicts;
        });
    }

    @Override
    public Answer<CaseLookup> caseOf(String caseId) {
        return answer(() -> {
            List<Integer> seen = new ArrayList<>();
            Rules rules = Rules.DEFAULTS;
            long newestMs = 0;
            boolean isMoving = false;
            for (int number : judgedHere()) {
                try {
                    Partition partition = new Partition(number, false);
                    Optional<CaseFacts> found = partition.caseFacts(caseId);
                    rules = partition.controls().rules();
                    newestMs = partition.newestMs();
                    if (found.isPresent()) {
                        return new Answer.Local<>(new CaseLookup(found, rules, newestMs, seen, others()), false);
                    }
                    seen.add(number);
                } catch (InvalidStateStoreException e) {
                    // Perhaps another one has it.
                    isMoving = true;
                }
            }
            return isMoving
                    ? new Answer.Unavailable<>("state is being moved or restored", RETRY_AFTER)
                    : new Answer.Local<>(new CaseLookup(Optional.empty(), rules, newestMs, seen, others()), false);
        });
    }

    @Override
    public Answer<ThrottledSenders> throttled(@Nullable String network, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", got " + limit);
        }
        List<byte[]> prefixes = network == null ? List.of(new byte[0]) : NetworkPrefix.of(network);
        return answer(() -> {
            List<ThrottledSenders.Sender> found = new ArrayList<>();
            for (int number : judgedHere()) {
                for (byte[] prefix : prefixes) {
                    collect(new Partition(number, false), prefix, limit + 1, found);
                }
            }
            boolean more = found.size() > limit;
            return new Answer.Local<>(
                    new ThrottledSenders(List.copyOf(more ? found.subList(0, limit) : found), more, others()), false);
        });
    }

    private void collect(Partition partition, byte[] prefix, int limit, List<ThrottledSenders.Sender> found) {
        long now = partition.newestMs();
        ReadOnlyKeyValueStore<Bytes, byte[]> verdicts = partition.keyValues(StoreNames.OPEN_VERDICTS);
        try (KeyValueIterator<Bytes, byte[]> open =
                prefix.length == 0 ? verdicts.all() : verdicts.prefixScan(Bytes.wrap(prefix), new BytesSerializer())) {
            while (open.hasNext() && found.size() < limit) {
                var next = open.next();
                OpenVerdicts.Entry entry = OpenVerdicts.Entry.of(next.value);
                InForce verdict = partition.inForce(next.key);
                if (entry.holds(now) && !entry.alarms() && verdict != null) {
                    found.add(new ThrottledSenders.Sender(entry.client(), verdict));
                }
            }
        }
    }

    private List<Integer> judgedHere() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .map(TopicPartition::partition)
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> others() {
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(self))
                .map(host -> host.host() + ":" + host.port())
                .sorted()
                .toList();
    }

    /** Asks the partition in which events with a key lie, or says who has it. */
    private <T> Answer<T> ask(String eventKey, Function<Partition, T> question) {
        return answer(() -> {
            KeyQueryMetadata owner = streams.queryMetadataForKey(StoreNames.SENDERS, eventKey, new StringSerializer());
            if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Answer.Unavailable<>("partitions are being assigned", RETRY_AFTER);
            }
            boolean ownerless = owner.activeHost().equals(HostInfo.unavailable());
            HostInfo host = ownerless ? standby(owner) : owner.activeHost();
            if (host == null) {
                return new Answer.Unavailable<>("nobody has partition " + owner.partition() + " yet", RETRY_AFTER);
            }
            return host.equals(self)
                    ? new Answer.Local<>(question.apply(new Partition(owner.partition(), ownerless)), ownerless)
                    : new Answer.Remote<>(host.host(), host.port(), ownerless);
        });
    }

    private @Nullable HostInfo standby(KeyQueryMetadata owner) {
        return owner.standbyHosts().contains(self)
                ? self
                : owner.standbyHosts().stream().findFirst().orElse(null);
    }

    /** A question that may be put while stores move or are restored. */
    private interface Question<T> {
        Answer<T> put();
    }

    private static <T> Answer<T> answer(Question<T> question) {
        try {
            return question.put();
        } catch (StreamsNotStartedException e) {
            return new Answer.Unavailable<>("the engine is starting", RETRY_AFTER);
        } catch (InvalidStateStoreException e) {
            return new Answer.Unavailable<>("state is being moved or restored", RETRY_AFTER);
        } catch (IllegalStateException e) {
            return new Answer.Unavailable<>("the engine is not running", RETRY_AFTER);
        }
    }
}
