package io.weir.engine;

import io.weir.serde.StateCodec;
import io.weir.throttle.Controls;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the control records of this partition said last, and how far the sweep has come. */
final class ControlStore {
    static final Bytes CONTROLS = Bytes.wrap(new byte[] {'c'});
    private static final Bytes SWEEP = Bytes.wrap(new byte[] {'s'});

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateCodec codec;
    private Controls controls;
    private SweepPosition sweep;

    ControlStore(KeyValueStore<Bytes, byte[]> store, StateCodec codec) {
        this.store = store;
        this.codec = codec;
        byte[] storedControls = store.get(CONTROLS);
        this.controls = storedControls == null ? Controls.NONE : codec.readControls(storedControls);
        byte[] storedSweep = store.get(SWEEP);
        this.sweep = storedSweep == null ? SweepPosition.START : SweepPosition.of(storedSweep);
    }

    Controls controls() {
        return controls;
    }

    void put(Controls newControls) {
        controls = newControls;
        store.put(CONTROLS, codec.write(newControls));
    }

    SweepPosition sweep() {
        return sweep;
    }

    void put(SweepPosition position) {
        sweep = position;
        store.put(SWEEP, position.toBytes());
    }
}
