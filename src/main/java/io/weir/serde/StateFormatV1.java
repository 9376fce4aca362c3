package io.weir.serde;

import io.weir.model.Gap;
import io.weir.throttle.Controls;
import io.weir.throttle.Members;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The first format. Open to be extended by its successor, which may keep some of it. */
class StateFormatV1 implements StateFormat {
    static final int VERSION = 1;

    private static final int MOST_SETTINGS = 1_000;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void writeSender(SenderState state, FieldWriter out) {
        SenderV1.write(state, out);
    }

    @Override
    public SenderState readSender(FieldReader in) {
        return SenderV1.read(in);
    }

    @Override
    public void writeNetwork(NetworkState state, FieldWriter out) {
        out.put(state.day());
        out.put(state.newSenders());
        out.put(state.overflowAttempts());
        out.put(state.overflowVolume());
        out.putBytes(state.members().bytes());
        out.put(state.members().fullDay());
        SenderState newcomers = state.newcomers();
        out.putFlag(newcomers != null);
        if (newcomers != null) {
            SenderV1.write(newcomers, out);
        }
    }

    @Override
    public NetworkState readNetwork(FieldReader in) {
        return new NetworkState(
                in.get(), in.get(), in.get(), in.get(), Members.of(in.getBytes(), in.get()), newcomers(in));
    }

    private static @Nullable SenderState newcomers(FieldReader in) {
        return in.getFlag("newcomers") ? SenderV1.read(in) : null;
    }

    /** All settings in force, not only those that were set: another release may have other defaults. */
    @Override
    public void writeControls(Controls controls, FieldWriter out) {
        Map<String, String> settings = new TreeMap<>(controls.rules().settings());
        out.put(settings.size());
        settings.forEach((key, value) -> {
            putText(key, out);
            putText(value, out);
        });
        Gap gap = controls.gap();
        out.putFlag(gap != null);
        if (gap != null) {
            putText(gap.edge(), out);
            out.put(gap.occurredAtMs());
            out.putSigned(gap.occurredAtMs() - gap.toMs());
            out.put(gap.toMs() - gap.fromMs());
        }
    }

    @Override
    public Controls readControls(FieldReader in) {
        int count = in.getInt("number of settings", MOST_SETTINGS);
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < count; i++) {
            settings.put(text(in), text(in));
        }
        return new Controls(Rules.of(settings), gap(in));
    }

    private static @Nullable Gap gap(FieldReader in) {
        if (!in.getFlag("gap")) {
            return null;
        }
        String edge = text(in);
        long occurredAtMs = in.get();
        long toMs = occurredAtMs - in.getSigned();
        return new Gap(edge, occurredAtMs, toMs - in.get(), toMs);
    }

    @Override
    public void writeDay(PackedRows hours, FieldWriter out) {
        out.putBytes(hours.bytes());
    }

    /** Read seldom, so the rows are looked into. */
    @Override
    public PackedRows readDay(FieldReader in) {
        PackedRows hours = PackedRows.ofBytes(in.getBytes());
        if (!PackedRows.of(hours.rows()).equals(hours)) {
            throw new IllegalArgumentException("the rows are not as they are written");
        }
        return hours;
    }

    private static void putText(String text, FieldWriter out) {
        out.putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(FieldReader in) {
        return new String(in.getBytes(), StandardCharsets.UTF_8);
    }
}
