package io.weir.serde;

import io.weir.throttle.Controls;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;

/**
 * One version of the stores' binary form. A released one never changes: a new form is a new class, and the one before it
 * stays to be read. Reading throws {@link IllegalArgumentException} on damage.
 */
interface StateFormat {
    /** The first byte of everything written in this form, 1 to 127. */
    int version();

    void writeSender(SenderState state, FieldWriter out);

    SenderState readSender(FieldReader in);

    void writeNetwork(NetworkState state, FieldWriter out);

    NetworkState readNetwork(FieldReader in);

    void writeControls(Controls controls, FieldWriter out);

    Controls readControls(FieldReader in);

    void writeDay(PackedRows hours, FieldWriter out);

    PackedRows readDay(FieldReader in);
}
