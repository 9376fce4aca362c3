package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedVerdictsTest {
    private static final long AT_MS = 1_795_503_060_123L;

    private final PackedVerdicts packing = new PackedVerdicts();

    private static Verdict verdict(double admit, long number, List<String> exempt, String rules) {
        return new Verdict(
                "203.0.113.0/24",
                Verdict.Action.ALLOW,
                Mode.SHADOW,
                admit,
                451,
                "4.7.503",
                513,
                "network-newcomers",
                "K7Q2MKX4A9PD31WZ",
                number,
                number,
                number,
                number,
                exempt,
                number,
                number,
                number,
                rules);
    }

    @Test
    void everyFieldComesBackAsItWas() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            many.add("2001:db8:" + Integer.toHexString(i) + "::/64");
        }
        for (long number : new long[] {0, 1, 127, 128, 16_383, 16_384, AT_MS, Long.MAX_VALUE}) {
            for (double admit : new double[] {0.01, 0.1234, 1.0 / 3, 1}) {
                for (List<String> exempt : List.of(List.<String>of(), List.of("203.0.113.7"), many)) {
                    Verdict verdict = verdict(admit, number, exempt, "c0ffee12");
                    assertThat(packing.unpack(verdict.client(), packing.pack(verdict)))
                            .isEqualTo(verdict);
                }
            }
        }
    }

    @Test
    void everyActionAndModeIsToldApart() {
        Verdict throttle = Verdicts.throttle("203.0.113.7", AT_MS, AT_MS + 1);
        byte[] packed = packing.pack(throttle);
        assertThat(PackedVerdicts.action(packed)).isEqualTo(Verdict.Action.THROTTLE);
        assertThat(PackedVerdicts.seq(packed)).isEqualTo(AT_MS);
        assertThat(PackedVerdicts.expiresAtMs(packed)).isEqualTo(AT_MS + 1);
        assertThat(packing.unpack("203.0.113.7", packed)).isEqualTo(throttle);
        assertThat(PackedVerdicts.action(packing.pack(verdict(1, 1, List.of(), "r"))))
                .isEqualTo(Verdict.Action.ALLOW);
    }

    @Test
    void moreTextsThanAreSharedAreKeptToo() {
        List<byte[]> packed = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            packed.add(packing.pack(verdict(1, i, List.of(), "règle-" + i)));
        }
        for (int i = 0; i < packed.size(); i++) {
            assertThat(packing.unpack("203.0.113.0/24", packed.get(i)).rules()).isEqualTo("règle-" + i);
        }
    }

    @Test
    void aVerdictIsAQuarterOfItsObject() {
        packing.pack(Verdicts.throttle("203.0.113.7", AT_MS, AT_MS + 900_000));
        assertThat(packing.pack(Verdicts.throttle("203.0.113.8", AT_MS, AT_MS + 900_000)))
                .hasSizeLessThan(72);
    }
}
