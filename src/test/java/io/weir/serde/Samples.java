package io.weir.serde;

import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.ConnectionEvent.Facts;
import io.weir.model.Gap;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One full record of each kind, with every field set. */
final class Samples {
    static final long AT_MS = 1_795_503_060_123L;

    static final ConnectionEvent TRANSACTION = new ConnectionEvent(
            true,
            "mx1.example.org",
            918_273,
            AT_MS,
            "203.0.113.7",
            SenderKey.pool("acme-esp"),
            Outcome.ADMITTED,
            1,
            3,
            1,
            1,
            48_211,
            true,
            "connector:onprem-hq",
            new Facts(
                    "onprem-hq:certificate",
                    "TLSv1.3",
                    "mail.example.net",
                    "K7Q2MKX4A9PD31WZ",
                    "helo.example.net",
                    "client.example.net",
                    "example.com"));

    static final ConnectionEvent CONNECTION = connection("2001:db8:1:2::25");

    static final Amendment AMEND =
            new Amendment("filter", 7, AT_MS, ClientAddress.parse("203.0.113.7").sender(), AT_MS - 60_000, 2, 1);

    static final RulesChange RULES =
            new RulesChange("weir-rules", AT_MS, Map.of("growth", "2", "mode.volume-surge", "enforce"));

    static final Gap GAP = new Gap("weir-gap", AT_MS, AT_MS - 7_200_000, AT_MS - 3_600_000);

    static final BrakeChange BRAKE =
            new BrakeChange("mx1.example.org", 918_274, AT_MS, true, "612 of 4000 transactions: all mail passes");

    static final List<WeirEvent> EVENTS = List.of(TRANSACTION, CONNECTION, AMEND, RULES, GAP, BRAKE);

    static final Verdict VERDICT = verdict(0.12, 3_600_000, List.of());

    private Samples() {}

    static ConnectionEvent connection(String address) {
        ClientAddress client = ClientAddress.parse(address);
        return new ConnectionEvent(
                false,
                "mx1",
                ConnectionEvent.NO_SEQ,
                AT_MS,
                client.text(),
                client.sender(),
                Outcome.ABANDONED,
                0,
                0,
                0,
                0,
                0,
                false,
                null,
                Facts.NONE);
    }

    static Verdict verdict(double admit, long horizonMs, List<String> exempt) {
        return new Verdict(
                "203.0.113.7",
                Verdict.Action.THROTTLE,
                Mode.ENFORCE,
                admit,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                horizonMs,
                4200,
                300,
                600,
                exempt,
                AT_MS,
                1_795_503_960_000L,
                AT_MS,
                "c0ffee12");
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
