package io.weir.serde;

import io.weir.throttle.Controls;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Varints;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Values of the state stores as compact, versioned bytes.
 *
 * <p>The first byte is the format's version. The newest format is written; it and the one before it are read, so a
 * rolling upgrade by one version needs no rebuilt state. The same value is always the same bytes. Immutable; one
 * instance serves all threads.
 *
 * <p>A sender's packed rows are copied, not looked into: that would cost more than all the rest, and both RocksDB and
 * Kafka keep checksums. Every other damage that can be told is told at once.
 */
public final class StateCodec {
    /** The format that is written. */
    public static final int VERSION = StateFormatV1.VERSION;

    /** More than most senders need, so that the buffer seldom grows. */
    private static final int SENDER_BYTES = 160;

    private static final int SMALL_BYTES = 24;
    private static final int CONTROLS_BYTES = 2_048;

    private final List<StateFormat> formats;

    public StateCodec() {
        this(List.of(new StateFormatV1()));
    }

    /** @param formats those that are read, the one that is written first */
    StateCodec(List<StateFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    public byte[] write(SenderState state) {
        int packed = state.traffic().past().bytes().length
                + state.mail().history().days().bytes().length;
        return write(StateFormat::writeSender, state, SENDER_BYTES + packed);
    }

    /** @throws StateFormatException when the bytes are of an unknown version or damaged */
    public SenderState readSender(byte[] bytes) {
        return read("sender", bytes, StateFormat::readSender);
    }

    public byte[] write(NetworkState state) {
        return write(
                StateFormat::writeNetwork, state, SENDER_BYTES + state.members().bytes().length);
    }

    /** @throws StateFormatException when the bytes are of an unknown version or damaged */
    public NetworkState readNetwork(byte[] bytes) {
        return read("network", bytes, StateFormat::readNetwork);
    }

    public byte[] write(Controls controls) {
        return write(StateFormat::writeControls, controls, CONTROLS_BYTES);
    }

    /** @throws StateFormatException when the bytes are of an unknown version or damaged */
    public Controls readControls(byte[] bytes) {
        return read("controls", bytes, StateFormat::readControls);
    }

    /**
     * A closed day of a sender's traffic.
     *
     * @param hours index hours since the epoch, columns as {@link io.weir.throttle.Traffic.Column}
     */
    public byte[] writeDay(PackedRows hours) {
        return write(StateFormat::writeDay, hours, SMALL_BYTES + hours.bytes().length);
    }

    /** @throws StateFormatException when the bytes are of an unknown version or damaged */
    public PackedRows readDay(byte[] bytes) {
        return read("day", bytes, StateFormat::readDay);
    }

    private <T> byte[] write(FormatWriter<T> writer, T value, int expectedBytes) {
        StateFormat format = formats.get(0);
        FieldWriter out = new FieldWriter(format.version(), expectedBytes);
        writer.write(format, value, out);
        return out.toBytes();
    }

    private <T> T read(String what, byte[] bytes, BiFunction<StateFormat, FieldReader, T> reader) {
        if (bytes.length == 0) {
            throw new StateFormatException("the stored " + what + " has no bytes");
        }
        Varints.Reader in = new Varints.Reader(bytes);
        StateFormat format = format(what, in.readByte());
        try {
            FieldReader fields = new FieldReader(in);
            T value = reader.apply(format, fields);
            fields.end();
            return value;
        } catch (IllegalArgumentException e) {
            throw new StateFormatException("the stored " + what + " is damaged: " + e.getMessage(), e);
        }
    }

    private StateFormat format(String what, int version) {
        for (StateFormat format : formats) {
            if (format.version() == version) {
                return format;
            }
        }
        throw new StateFormatException(
                "the stored " + what + " has format version " + version + "; this release reads " + known());
    }

    private String known() {
        return formats.stream()
                .map(format -> Integer.toString(format.version()))
                .sorted()
                .reduce((older, newer) -> older + " and " + newer)
                .orElse("none");
    }

    /** Writes one kind of value in a format. */
    @FunctionalInterface
    private interface FormatWriter<T> {
        void write(StateFormat format, T value, FieldWriter out);
    }
}
