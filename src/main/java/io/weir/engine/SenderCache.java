package io.weir.engine;

import io.weir.throttle.SenderState;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * States of the senders seen last, as objects, for all partitions of an engine together.
 *
 * <p>The record cache of Kafka Streams holds bytes in one sorted map: a look-up costs as much as the judgement, and then the bytes have to
 * be read. So reads come from here, and the record cache only gathers what a commit will write. A partition's one thread alone writes its
 * states, which makes what is here always what is in the store.
 */
final class SenderCache {
    /** What a state takes on the heap, all in all; most take less. */
    static final int BYTES_PER_SENDER = 1_200;

    private final int most;
    private final AtomicInteger held = new AtomicInteger();

    SenderCache(long bytes) {
        this.most = (int) Math.min(Integer.MAX_VALUE / 2, bytes / BYTES_PER_SENDER);
    }

    /** For one partition, whose thread alone may use it. */
    Partition partition() {
        return new Partition();
    }

    int held() {
        return held.get();
    }

    final class Partition {
        private final LinkedHashMap<Bytes, SenderState> states = new LinkedHashMap<>(16, 0.75f, true);

        @Nullable
        SenderState get(Bytes key) {
            return states.get(key);
        }

        void put(Bytes key, SenderState state) {
            if (states.put(key, state) == null && held.incrementAndGet() > most) {
                var eldest = states.entrySet().iterator();
                eldest.next();
                eldest.remove();
                held.decrementAndGet();
            }
        }

        void remove(Bytes key) {
            if (states.remove(key) != null) {
                held.decrementAndGet();
            }
        }

        /** The partition goes elsewhere. */
        void clear() {
            held.addAndGet(-states.size());
            states.clear();
        }
    }
}
