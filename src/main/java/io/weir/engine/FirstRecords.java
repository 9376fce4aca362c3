package io.weir.engine;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Sees to it that every store of a partition has a record in its changelog from the partition's first event on: a tombstone of a key that
 * nobody has.
 *
 * <p>Kafka Streams 4.3 keeps no offset of a store that was never written, and takes a store without one for damaged when it starts again: a
 * site where nobody was throttled yet would restore all of its state after every orderly restart.
 */
final class FirstRecords {
    /** No sender, network, edge or control has it. */
    private static final Bytes MARK = Bytes.wrap(new byte[] {0});

    private static final byte[] WRITTEN = {1};

    private final ProcessorContext<?, ?> context;
    private final KeyValueStore<Bytes, byte[]> controls;
    private boolean written;

    FirstRecords(ProcessorContext<?, ?> context) {
        this.context = context;
        this.controls = context.getStateStore(StoreNames.CONTROLS);
        this.written = controls.get(MARK) != null;
    }

    /** @param atMs time of the event at hand */
    void write(long atMs) {
        if (written) {
            return;
        }
        keyValue(StoreNames.SENDERS).delete(MARK);
        keyValue(StoreNames.OPEN_VERDICTS).delete(MARK);
        window(StoreNames.TRAFFIC).put(MARK, null, atMs);
        window(StoreNames.VERDICT_HISTORY).put(MARK, null, atMs);
        controls.put(MARK, WRITTEN);
        written = true;
    }

    private KeyValueStore<Bytes, byte[]> keyValue(String name) {
        return context.getStateStore(name);
    }

    private WindowStore<Bytes, byte[]> window(String name) {
        return context.getStateStore(name);
    }
}
