package io.weir.edge;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.List;

/** Verdicts for tests: what is not named is any. */
final class Verdicts {
    private Verdicts() {}

    static Verdict throttle(String client, long seq, long expiresAtMs) {
        return verdict(client, Verdict.Action.THROTTLE, seq, expiresAtMs);
    }

    static Verdict allow(String client, long seq, long expiresAtMs) {
        return verdict(client, Verdict.Action.ALLOW, seq, expiresAtMs);
    }

    private static Verdict verdict(String client, Verdict.Action action, long seq, long expiresAtMs) {
        return new Verdict(
                client,
                action,
                Mode.ENFORCE,
                0.25,
                451,
                new String("4.7.500"),
                510,
                new String("volume-surge"),
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4200,
                300,
                600,
                List.of(),
                seq,
                expiresAtMs,
                seq,
                new String("c0ffee12"));
    }
}
