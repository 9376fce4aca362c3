package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Mode;
import io.weir.throttle.Controls;
import io.weir.throttle.Horizon;
import io.weir.throttle.InForce;
import io.weir.throttle.Members;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.Reason;
import io.weir.throttle.SenderState;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateCodecTest {
    private final StateCodec codec = new StateCodec();

    @Test
    void aSenderKeepsItsBytes() throws IOException {
        assertGolden("sender.one-shot", StateSamples.ONE_SHOT);
        assertGolden("sender.full", StateSamples.FULL);
    }

    private void assertGolden(String name, SenderState state) throws IOException {
        assertThat(HexFormat.of().formatHex(codec.write(state))).as(name).isEqualTo(golden(name));
        assertThat(codec.readSender(bytes(name))).as(name).isEqualTo(state);
    }

    @Test
    void aNetworkAndADayKeepTheirBytes() throws IOException {
        assertThat(HexFormat.of().formatHex(codec.write(StateSamples.NETWORK))).isEqualTo(golden("network"));
        assertThat(codec.readNetwork(bytes("network"))).isEqualTo(StateSamples.NETWORK);
        assertThat(HexFormat.of().formatHex(codec.writeDay(StateSamples.HOURS))).isEqualTo(golden("day"));
        assertThat(codec.readDay(bytes("day"))).isEqualTo(StateSamples.HOURS);
    }

    /** Only read: a later release knows further settings, which it writes too. */
    @Test
    void storedControlsStayReadable() throws IOException {
        Controls controls = codec.readControls(bytes("controls"));
        assertThat(controls.gap()).isEqualTo(StateSamples.CONTROLS.gap());
        assertThat(controls.rules().settings())
                .containsEntry("growth.1d", "3")
                .containsEntry("newcomer.5m", "40")
                .containsEntry("edges.denied", "mx7, mx8");
        assertThat(controls.rules().mode(Reason.VOLUME_SURGE)).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void controlsReadBackEqual() {
        assertThat(codec.readControls(codec.write(StateSamples.CONTROLS))).isEqualTo(StateSamples.CONTROLS);
        assertThat(codec.readControls(codec.write(Controls.NONE))).isEqualTo(Controls.NONE);
    }

    @Test
    void anEmptyNetworkAndAnEmptyDayReadBackEqual() {
        assertThat(codec.readNetwork(codec.write(NetworkState.NONE))).isEqualTo(NetworkState.NONE);
        assertThat(codec.readDay(codec.writeDay(PackedRows.EMPTY))).isEqualTo(PackedRows.EMPTY);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonReadsBack(Reason reason) {
        for (Horizon horizon : Horizon.values()) {
            for (Mode mode : Mode.values()) {
                for (boolean throttle : new boolean[] {true, false}) {
                    InForce verdict = new InForce(reason, mode, throttle, 1_000_000, horizon, 5, 900_005, "");
                    SenderState state = StateSamples.with(verdict, 5);
                    assertThat(codec.readSender(codec.write(state))).isEqualTo(state);
                }
            }
        }
    }

    /** After its tombstone a verdict is forgotten, its sequence is not. */
    @Test
    void aSequenceOutlivesItsVerdict() {
        SenderState state = StateSamples.with(null, StateSamples.NOW_MS - 1);
        assertThat(codec.readSender(codec.write(state)).seq()).isEqualTo(StateSamples.NOW_MS - 1);
    }

    @Test
    void anUnknownVersionIsNamedBesideTheKnown() {
        byte[] later = codec.write(StateSamples.ONE_SHOT);
        later[0] = 7;
        assertThatThrownBy(() -> codec.readSender(later))
                .isInstanceOf(StateFormatException.class)
                .hasMessage("the stored sender has format version 7; this release reads 1");
        StateCodec next = new StateCodec(List.of(new Next(), new StateFormatV1()));
        assertThatThrownBy(() -> next.readSender(later))
                .hasMessage("the stored sender has format version 7; this release reads 1 and 2");
    }

    @Test
    void theFormatBeforeTheNewestIsRead() {
        StateCodec next = new StateCodec(List.of(new Next(), new StateFormatV1()));
        byte[] old = codec.write(StateSamples.QUIET_NETWORK);
        assertThat(next.readNetwork(old)).isEqualTo(StateSamples.QUIET_NETWORK);
        byte[] rewritten = next.write(next.readNetwork(old));
        assertThat(rewritten[0]).isEqualTo((byte) 2);
        assertThat(next.readNetwork(rewritten)).isEqualTo(StateSamples.QUIET_NETWORK);
        assertThat(next.readSender(codec.write(StateSamples.FULL))).isEqualTo(StateSamples.FULL);
    }

    @Test
    void damageIsToldWithItsPlace() {
        byte[] sender = codec.write(StateSamples.FULL);
        assertDamaged("the stored sender has no bytes", new byte[0]);
        assertDamaged("the stored sender is damaged: ends too soon, after 1 bytes", Arrays.copyOf(sender, 1));
        assertDamaged(
                "the stored sender is damaged: there are bytes behind the last field",
                Arrays.copyOf(sender, sender.length + 1));
    }

    private void assertDamaged(String message, byte[] bytes) {
        assertThatThrownBy(() -> codec.readSender(bytes))
                .isInstanceOf(StateFormatException.class)
                .hasMessage(message);
    }

    @Test
    void aDayWhoseRowsAreDamagedIsRefused() {
        byte[] day = codec.writeDay(StateSamples.HOURS);
        day[day.length - 1] = (byte) 0x80;
        assertThatThrownBy(() -> codec.readDay(day)).isInstanceOf(StateFormatException.class);
    }

    private static byte[] bytes(String name) throws IOException {
        return HexFormat.of().parseHex(golden(name));
    }

    private static String golden(String name) throws IOException {
        Properties golden = new Properties();
        try (InputStream in = StateCodecTest.class.getResourceAsStream("state-v1.properties")) {
            golden.load(Objects.requireNonNull(in));
        }
        return golden.getProperty(name, "");
    }

    /** What a second format could be: a network's counts in another order. */
    private static final class Next extends StateFormatV1 {
        @Override
        public int version() {
            return 2;
        }

        @Override
        public void writeNetwork(NetworkState state, FieldWriter out) {
            out.put(state.overflowVolume());
            out.put(state.overflowAttempts());
            out.put(state.newSenders());
            out.put(state.day());
        }

        @Override
        public NetworkState readNetwork(FieldReader in) {
            long volume = in.get();
            long attempts = in.get();
            long newSenders = in.get();
            return new NetworkState(in.get(), newSenders, attempts, volume, Members.NONE, null);
        }
    }
}
