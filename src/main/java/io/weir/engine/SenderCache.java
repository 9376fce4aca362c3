package io.weir.engine;

import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * States of the senders and networks seen last, as objects, for all partitions of an engine together.
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

    /** How many senders there is no room for any more; a network takes the room of as many as it is large. */
    int held() {
        return held.get();
    }

    /** Networks' keys and senders' are never the same. */
    final class Partition {
        private final LinkedHashMap<Bytes, Object> states = new LinkedHashMap<>(16, 0.75f, true);

        @Nullable
        SenderState sender(Bytes key) {
            return states.get(key) instanceof SenderState state ? state : null;
        }

        @Nullable
        NetworkState network(Bytes key) {
            return states.get(key) instanceof NetworkState state ? state : null;
        }

        void put(Bytes key, SenderState state) {
            hold(key, state);
        }

        void put(Bytes key, NetworkState state) {
            hold(key, state);
        }

        private void hold(Bytes key, Object state) {
            int more = size(state) - size(states.put(key, state));
            if (more == 0) {
                return;
            }
            var eldest = states.values().iterator();
            for (int all = held.addAndGet(more); all > most && eldest.hasNext(); ) {
                all = held.addAndGet(-size(eldest.next()));
                eldest.remove();
            }
        }

        void remove(Bytes key) {
            held.addAndGet(-size(states.remove(key)));
        }

        /** The partition goes elsewhere. */
        void clear() {
            states.values().forEach(state -> held.addAndGet(-size(state)));
            states.clear();
        }

        private static int size(@Nullable Object state) {
            if (state instanceof NetworkState network) {
                return 1 + network.members().bytes().length / BYTES_PER_SENDER;
            }
            return state == null ? 0 : 1;
        }
    }
}
