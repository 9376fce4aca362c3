package io.weir.engine;

import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Looks for throttled senders in the open verdicts of one partition, from a position on, in the order of the keys. */
final class ThrottledScan {
    /** So many open verdicts are looked at for one page; whoever wants rare ones goes on from there. */
    private static final int MOST_VISITED = 50_000;

    /** Verdicts of one client decided at one moment. */
    private static final int MOST_AT_ONCE = 8;

    private final ThrottledFilter filter;
    private final List<byte[]> prefixes;
    private final Position from;
    private final int limit;

    /** @throws IllegalArgumentException when the filter's network is none */
    ThrottledScan(ThrottledFilter filter, Position from, int limit) {
        this.filter = filter;
        this.prefixes = filter.network() == null ? List.of(new byte[0]) : NetworkPrefix.of(filter.network());
        this.from = from;
        this.limit = limit;
    }

    /** Whether it has to look at a partition at all. */
    boolean concerns(int partition) {
        return partition >= from.partition();
    }

    ThrottledSenders.Part of(PartitionStores stores, int partition, boolean standby, long lag) {
        long now = stores.newestMs();
        List<ThrottledSenders.Sender> found = new ArrayList<>();
        String next = "";
        int visited = 0;
        for (byte[] prefix : prefixes) {
            try (KeyValueIterator<Bytes, byte[]> open = range(stores.openVerdicts(), partition, prefix)) {
                while (next.isEmpty() && open.hasNext()) {
                    var one = open.next();
                    Position position = new Position(partition, one.key.get());
                    if (!startsWith(one.key.get(), prefix)) {
                        break;
                    }
                    if (position.compareTo(from) <= 0) {
                        continue;
                    }
                    visited++;
                    ThrottledSenders.Sender sender = wanted(stores, one.key, one.value, position, now);
                    if (sender != null) {
                        found.add(sender);
                    }
                    if ((found.size() == limit || visited == MOST_VISITED) && open.hasNext()) {
                        next = position.text();
                    }
                }
            }
        }
        return new ThrottledSenders.Part(partition, standby, lag, now, found, next);
    }

    private KeyValueIterator<Bytes, byte[]> range(
            ReadOnlyKeyValueStore<Bytes, byte[]> verdicts, int partition, byte[] prefix) {
        byte[] begin =
                partition == from.partition() && Arrays.compareUnsigned(from.key(), prefix) > 0 ? from.key() : prefix;
        return begin.length == 0 ? verdicts.all() : verdicts.range(Bytes.wrap(begin), null);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private ThrottledSenders.@Nullable Sender wanted(
            PartitionStores stores, Bytes key, byte[] value, Position position, long nowMs) {
        OpenVerdicts.Entry entry = OpenVerdicts.Entry.of(value);
        if (!entry.holds(nowMs) || entry.alarms() != filter.alarms()) {
            return null;
        }
        InForce inForce = stores.inForce(key);
        if (inForce == null || (filter.reason() != null && filter.reason() != inForce.reason())) {
            return null;
        }
        Verdict verdict = stores.verdicts(key, inForce.decidedAtMs(), inForce.decidedAtMs(), MOST_AT_ONCE).stream()
                .filter(one -> one.caseId().equals(inForce.caseId()))
                .findFirst()
                .orElse(null);
        return new ThrottledSenders.Sender(position.text(), entry.client(), inForce, verdict);
    }
}
