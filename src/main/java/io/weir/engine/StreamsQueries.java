package io.weir.engine;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.serde.StateCodec;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;

/** Queries on the stores of a running Kafka Streams; they read through its caches, and so see what is judged but not yet committed. */
final class StreamsQueries implements Queries {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final HostInfo self;
    private final StateCodec codec;
    private final LocalPartitions partitions;
    private final boolean hereOnly;

    StreamsQueries(KafkaStreams streams, HostInfo self, StateCodec codec, LocalPartitions partitions) {
        this(streams, self, codec, partitions, false);
    }

    private StreamsQueries(
            KafkaStreams streams, HostInfo self, StateCodec codec, LocalPartitions partitions, boolean hereOnly) {
        this.streams = streams;
        this.self = self;
        this.codec = codec;
        this.partitions = partitions;
        this.hereOnly = hereOnly;
    }

    @Override
    public Queries here() {
        return new StreamsQueries(streams, self, codec, partitions, true);
    }

    @Override
    public Answer<SenderKey> senderOf(String address) {
        SenderKey usual = ClientAddress.parse(address).sender();
        return ask(
                usual.network(),
                stores -> stores.controls().rules().senders().client(address).sender());
    }

    @Override
    public Answer<SenderFacts> sender(SenderKey sender) {
        return ask(sender.network(), stores -> {
            Map<NetworkKey, NetworkState> networks = new HashMap<>();
            for (NetworkKey network : sender.networks()) {
                stores.network(network).ifPresent(known -> networks.put(network, known));
            }
            return new SenderFacts(
                    stores.state(sender), stores.trusted(sender), networks, stores.controls(), stores.newestMs());
        });
    }

    @Override
    public Answer<NetworkFacts> network(NetworkKey network) {
        return ask(
                network.eventKey(),
                stores -> new NetworkFacts(network, stores.network(network), stores.controls(), stores.newestMs()));
    }

    @Override
    public Answer<List<PackedRows.Row>> traffic(SenderKey sender, long fromDay, long toDay) {
        return ask(sender.network(), stores -> stores.traffic(sender, fromDay, toDay));
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(SenderKey sender, long fromMs, long toMs) {
        return ask(sender.network(), stores -> stores.verdicts(Bytes.wrap(sender.bytes()), fromMs, toMs, MOST));
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(NetworkKey network, long fromMs, long toMs) {
        return ask(network.eventKey(), stores -> stores.verdicts(Bytes.wrap(network.bytes()), fromMs, toMs, MOST));
    }

    /** Where it is judged it is looked for first: a copy may be a little old. */
    @Override
    public Answer<CaseLookup> caseOf(String caseId) {
        return answer(() -> {
            if (!partitions.isRunning()) {
                return new Answer.Unavailable<>("the engine is not running", RETRY_AFTER);
            }
            CaseScan scan = new CaseScan(caseId);
            for (int number : partitions.judged()) {
                Optional<CaseFacts> found = scan.in(stores(number, false), number, true);
                if (found.isPresent()) {
                    return Answer.Local.judged(scan.result(found, partitions.inAll()));
                }
            }
            for (int number : partitions.copied()) {
                long lag = partitions.lag(number);
                Optional<CaseFacts> found = scan.in(stores(number, true), number, lag == 0);
                if (found.isPresent()) {
                    return new Answer.Local<>(scan.result(found, partitions.inAll()), true, lag);
                }
            }
            return Answer.Local.judged(scan.result(Optional.empty(), partitions.inAll()));
        });
    }

    @Override
    public Answer<ThrottledSenders> throttled(ThrottledFilter filter, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", got " + limit);
        }
        ThrottledScan scan = new ThrottledScan(filter, Position.parse(after), limit);
        return answer(() -> {
            if (!partitions.isRunning()) {
                return new Answer.Unavailable<>("the engine is not running", RETRY_AFTER);
            }
            List<ThrottledSenders.Part> parts = new ArrayList<>(scan(scan, partitions.judged(), false, limit));
            parts.addAll(scan(scan, partitions.copied(), true, limit));
            return Answer.Local.judged(new ThrottledSenders(parts, partitions.inAll()));
        });
    }

    /** Partitions behind those that fill the page cannot be on it. One that moves away meanwhile is left out: whoever has it tells of it. */
    private List<ThrottledSenders.Part> scan(ThrottledScan scan, List<Integer> numbers, boolean standby, int limit) {
        List<ThrottledSenders.Part> parts = new ArrayList<>();
        int found = 0;
        for (int number : numbers) {
            if (!scan.concerns(number) || found >= limit) {
                continue;
            }
            try {
                PartitionStores stores = new PartitionStores(streams, codec, number, standby);
                ThrottledSenders.Part part = scan.of(stores, number, standby, standby ? partitions.lag(number) : 0);
                found += part.senders().size();
                parts.add(part);
            } catch (InvalidStateStoreException e) {
                continue;
            }
        }
        return parts;
    }

    @Override
    public EngineReport report() {
        return partitions.report(new EngineAddress(self.host(), self.port()), this::newestMs);
    }

    /** 0 when it cannot be had. */
    private long newestMs(int partition, boolean standby) {
        try {
            return new PartitionStores(streams, codec, partition, standby).newestMs();
        } catch (IllegalStateException | InvalidStateStoreException e) {
            return 0;
        }
    }

    @Override
    public List<EngineAddress> others() {
        try {
            return streams.metadataForAllStreamsClients().stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(self) && !host.equals(HostInfo.unavailable()))
                    .map(host -> new EngineAddress(host.host(), host.port()))
                    .distinct()
                    .sorted((a, b) -> a.text().compareTo(b.text()))
                    .toList();
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    /** Asks the partition in which events with a key lie, or says who has it. */
    private <T> Answer<T> ask(String eventKey, Function<PartitionStores, T> question) {
        return answer(() -> {
            KeyQueryMetadata owner = streams.queryMetadataForKey(StoreNames.SENDERS, eventKey, new StringSerializer());
            if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Answer.Unavailable<>("partitions are being assigned", RETRY_AFTER);
            }
            boolean judgedHere = owner.activeHost().equals(self);
            if (judgedHere) {
                return Answer.Local.judged(question.apply(stores(owner.partition(), false)));
            }
            List<EngineAddress> engines = engines(owner);
            boolean nobodyElse = engines.isEmpty();
            if (!hereOnly && !nobodyElse) {
                return new Answer.Remote<>(engines);
            }
            if (!owner.standbyHosts().contains(self) && !partitions.copied().contains(owner.partition())) {
                return new Answer.Unavailable<>("nobody has partition " + owner.partition() + " yet", RETRY_AFTER);
            }
            // The lag before the answer: what is added in between can only make the copy better than it says.
            long lag = partitions.lag(owner.partition());
            return new Answer.Local<>(question.apply(stores(owner.partition(), true)), true, lag);
        });
    }

    private PartitionStores stores(int partition, boolean standby) {
        return new PartitionStores(streams, codec, partition, standby);
    }

    /** Who else has a partition, in the order in which to ask. */
    private List<EngineAddress> engines(KeyQueryMetadata owner) {
        List<HostInfo> hosts = new ArrayList<>();
        hosts.add(owner.activeHost());
        hosts.addAll(owner.standbyHosts());
        return hosts.stream()
                .filter(host -> !host.equals(self) && !host.equals(HostInfo.unavailable()))
                .map(host -> new EngineAddress(host.host(), host.port()))
                .toList();
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
