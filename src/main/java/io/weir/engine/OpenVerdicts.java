package io.weir.engine;

import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Varints;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The clients with a verdict on the topic: who owes a tombstone, and who is throttled, without a look at every sender. */
final class OpenVerdicts {
    private static final int VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final ThrottledCount throttled = new ThrottledCount();
    /** Of clients that a connector trusts. */
    private final ThrottledCount alarming = new ThrottledCount();

    /**
     * One client's last verdict.
     *
     * @param client its text: the verdict's key on the topic
     */
    record Entry(String client, boolean throttle, long expiresAtMs) {
        /** Whether it only alarms. */
        boolean alarms() {
            return SenderKey.isVia(client);
        }

        boolean holds(long nowMs) {
            return throttle && nowMs < expiresAtMs;
        }

        byte[] toBytes() {
            byte[] text = client.getBytes(StandardCharsets.UTF_8);
            Varints out = new Varints(text.length + 12);
            out.writeByte(VERSION);
            out.writeByte(throttle ? 1 : 0);
            out.write(expiresAtMs);
            out.writeBytes(text);
            return out.toBytes();
        }

        static Entry of(byte[] bytes) {
            Varints.Reader in = new Varints.Reader(bytes);
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException("an open verdict of version " + version + " cannot be read; known is "
                        + VERSION + ". A newer version of Weir wrote it");
            }
            boolean throttle = in.readByte() == 1;
            long expiresAtMs = in.read();
            return new Entry(new String(in.readBytes(), StandardCharsets.UTF_8), throttle, expiresAtMs);
        }
    }

    OpenVerdicts(KeyValueStore<Bytes, byte[]> store, long nowMs) {
        this.store = store;
        throttled.at(nowMs);
        alarming.at(nowMs);
        try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
            while (stored.hasNext()) {
                count(Entry.of(stored.next().value), true);
            }
        }
    }

    /** @return whether a throttle was in force when this one was decided */
    boolean published(Bytes sender, Verdict verdict) {
        Entry entry = new Entry(verdict.client(), verdict.action() == Verdict.Action.THROTTLE, verdict.expiresAtMs());
        byte[] stored = store.get(sender);
        Entry before = stored == null ? null : Entry.of(stored);
        if (before != null) {
            count(before, false);
        }
        count(entry, true);
        store.put(sender, entry.toBytes());
        return before != null && before.holds(verdict.decidedAtMs());
    }

    /** Its tombstone is written. */
    void close(Bytes sender) {
        store.delete(sender);
    }

    boolean isOpen(Bytes sender) {
        return store.get(sender) != null;
    }

    /** Senders with a throttle in force, to the minute. */
    int throttledAt(long nowMs) {
        return throttled.at(nowMs);
    }

    /** Clients that a connector trusts with an alarm in force, to the minute. */
    int alarmingAt(long nowMs) {
        return alarming.at(nowMs);
    }

    KeyValueIterator<Bytes, byte[]> from(Bytes key) {
        return store.range(key, null);
    }

    private void count(Entry entry, boolean more) {
        if (!entry.throttle) {
            return;
        }
        ThrottledCount in = entry.alarms() ? alarming : throttled;
        if (more) {
            in.add(entry.expiresAtMs);
        } else {
            in.remove(entry.expiresAtMs);
        }
    }
}
