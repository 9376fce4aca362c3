package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.serde.StateCodec;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Deletes what no longer counts: states of senders that a step would treat as never seen, and verdicts that have long expired. It runs
 * within the processing of an event, a bounded piece at a time, and goes on where it stopped; when it runs follows from offsets and event
 * time alone.
 *
 * <p>The judgement never depends on it: a sender's state goes only when it has been absent for two days of event time, and a verdict's
 * tombstone leaves the sender's state as it is. Both bear events that come late.
 */
final class Sweep {
    private static final long DAY_MS = 86_400_000;
    private static final long MARGIN_MS = 2 * DAY_MS;
    private static final long TOMBSTONE_AFTER_MS = 3_600_000;
    private static final long QUARTER_MS = 900_000;
    private final Options options;
    private final SenderStates senders;
    private final OpenVerdicts verdicts;
    private final ControlStore controls;
    private final Archive archive;
    private final StateCodec codec;
    private final BiConsumer<String, Long> tombstones;

    /**
     * How much is swept at a time. A range over a cached store copies the cached keys behind its start, so that it must not be opened too
     * often; and where most of what is scanned can go, more is scanned, or a stream of ever new senders would outrun the sweep.
     *
     * @param senderBlock offsets from one sweep of senders to the next, which also runs every day of event time
     * @param leastScanned senders looked at each time
     * @param mostScanned senders looked at while at least a quarter of them can go
     * @param verdictBlock offsets from one sweep of verdicts to the next, which also runs every quarter of an hour of event time
     * @param verdictsScanned verdicts looked at each time
     */
    record Options(int senderBlock, int leastScanned, int mostScanned, int verdictBlock, int verdictsScanned) {
        static final Options DEFAULT = new Options(65_536, 4_096, 65_536, 4_096, 256);
    }

    /** @param tombstones publishes one for a client's text at an event time */
    Sweep(
            Options options,
            SenderStates senders,
            OpenVerdicts verdicts,
            ControlStore controls,
            Archive archive,
            StateCodec codec,
            BiConsumer<String, Long> tombstones) {
        this.options = options;
        this.senders = senders;
        this.verdicts = verdicts;
        this.controls = controls;
        this.archive = archive;
        this.codec = codec;
        this.tombstones = tombstones;
    }

    /**
     * To be called after each event.
     *
     * @param nowMs the greatest event time of the partition
     * @return senders deleted
     */
    int after(long offset, long nowMs) {
        SweepPosition at = controls.sweep();
        long verdictBlock = offset / options.verdictBlock;
        long quarter = nowMs / QUARTER_MS;
        if (verdictBlock != at.verdictBlock() || quarter != at.verdictQuarter()) {
            at = at.withVerdicts(verdictBlock, quarter, sweepVerdicts(at.verdictCursor(), nowMs));
            controls.put(at);
        }
        long senderBlock = offset / options.senderBlock;
        long day = nowMs / DAY_MS;
        if (senderBlock == at.senderBlock() && day == at.senderDay()) {
            return 0;
        }
        List<KeyValue<Bytes, byte[]>> gone = new ArrayList<>();
        byte[] cursor = scanSenders(at.senderCursor(), nowMs, gone);
        gone.forEach(this::delete);
        controls.put(at.withSenders(senderBlock, day, cursor));
        return gone.size();
    }

    private byte[] sweepVerdicts(byte[] cursor, long nowMs) {
        List<KeyValue<Bytes, String>> due = new ArrayList<>();
        byte[] last = cursor;
        try (KeyValueIterator<Bytes, byte[]> open = verdicts.from(after(cursor))) {
            for (int scanned = 0; scanned < options.verdictsScanned && open.hasNext(); scanned++) {
                KeyValue<Bytes, byte[]> next = open.next();
                OpenVerdicts.Entry entry = OpenVerdicts.Entry.of(next.value);
                if (nowMs >= entry.expiresAtMs() + TOMBSTONE_AFTER_MS) {
                    due.add(KeyValue.pair(next.key, entry.client()));
                }
                last = next.key.get();
            }
            last = open.hasNext() ? last : new byte[0];
        }
        for (KeyValue<Bytes, String> one : due) {
            verdicts.close(one.key);
            tombstones.accept(one.value, nowMs);
        }
        return last;
    }

    private byte[] scanSenders(byte[] cursor, long nowMs, List<KeyValue<Bytes, byte[]>> gone) {
        byte[] last = cursor;
        try (KeyValueIterator<Bytes, byte[]> stored = senders.from(after(cursor))) {
            for (int scanned = 0; stored.hasNext() && goesOn(scanned, gone.size()); scanned++) {
                KeyValue<Bytes, byte[]> next = stored.next();
                if (isGone(next, nowMs - MARGIN_MS)) {
                    gone.add(next);
                }
                last = next.key.get();
            }
            return stored.hasNext() ? last : new byte[0];
        }
    }

    private boolean goesOn(int scanned, int gone) {
        return scanned < options.leastScanned || (scanned < options.mostScanned && 4 * gone >= scanned);
    }

    private boolean isGone(KeyValue<Bytes, byte[]> stored, long atMs) {
        Rules rules = controls.controls().rules();
        boolean isAbsent = isNetwork(stored.key)
                ? codec.readNetwork(stored.value).absentAt(atMs, rules)
                : codec.readSender(stored.value).absentAt(atMs, rules);
        // A verdict still on the topic needs the client's text for its tombstone first.
        return isAbsent && !verdicts.isOpen(stored.key);
    }

    private void delete(KeyValue<Bytes, byte[]> stored) {
        SenderState state =
                isNetwork(stored.key) ? codec.readNetwork(stored.value).newcomers() : codec.readSender(stored.value);
        if (state != null) {
            archive.closed(stored.key, Throttle.remains(state));
        }
        senders.delete(stored.key);
    }

    private static boolean isNetwork(Bytes key) {
        return key.get()[0] == NetworkKey.TAG;
    }

    /** The smallest key after this one. */
    private static Bytes after(byte[] key) {
        return Bytes.wrap(Arrays.copyOf(key, key.length + 1));
    }
}
