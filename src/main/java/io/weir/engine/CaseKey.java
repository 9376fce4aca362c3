package io.weir.engine;

import io.weir.throttle.CaseIds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Where a case leads: {@code 'c' <id>} in the store of verdicts, at the verdict's sequence number, to the key of the client that it is about.
 * They share the store since they are written and forgotten together; a store of their own would be one more RocksDB in each partition.
 */
final class CaseKey {
    /** The first byte of no sender's and no network's key. */
    private static final byte TAG = 'c';

    private static final Pattern ID = Pattern.compile("[A-Z2-7]{" + CaseIds.LENGTH + "}");

    private CaseKey() {}

    /** @param client key of a sender or a network */
    record Place(Bytes client, long seq) {}

    static Bytes of(String caseId) {
        byte[] id = caseId.getBytes(StandardCharsets.US_ASCII);
        byte[] key = new byte[id.length + 1];
        key[0] = TAG;
        System.arraycopy(id, 0, key, 1, id.length);
        return Bytes.wrap(key);
    }

    /**
     * Looks a case up.
     *
     * @param newestMs the greatest event time of the partition; what is older than 35 days by it is not found, though the store may still have it
     */
    static Optional<Place> find(ReadOnlyWindowStore<Bytes, byte[]> verdicts, String caseId, long newestMs) {
        if (!ID.matcher(caseId).matches()) {
            return Optional.empty();
        }
        Instant oldest = Instant.ofEpochMilli(Math.max(0, newestMs - StateStores.VERDICTS_KEPT.toMillis()));
        // A sequence number may be ahead of time when verdicts follow each other quickly.
        Instant newest = Instant.ofEpochMilli(newestMs).plus(StateStores.DAY);
        try (WindowStoreIterator<byte[]> found = verdicts.fetch(of(caseId), oldest, newest)) {
            if (!found.hasNext()) {
                return Optional.empty();
            }
            var place = found.next();
            return Optional.of(new Place(Bytes.wrap(place.value), place.key));
        }
    }
}
