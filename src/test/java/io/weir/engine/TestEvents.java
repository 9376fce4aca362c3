package io.weir.engine;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import java.util.HashMap;
import java.util.Map;

/** Events by what a test cares about. */
final class TestEvents {
    /** Noon, far from where a day closes. */
    static final long NOON = 20_000 * 86_400_000L + 43_200_000;

    static final long MINUTE = 60_000;
    static final long DAY = 86_400_000;

    private TestEvents() {}

    static ConnectionEvent admitted(String address, long atMs, int recipients) {
        return event("mx1", ConnectionEvent.NO_SEQ, address, atMs, Outcome.ADMITTED, recipients, null);
    }

    static ConnectionEvent event(
            String edge, long seq, String address, long atMs, Outcome outcome, int recipients, String exemptBy) {
        ClientAddress client = ClientAddress.parse(address);
        return new ConnectionEvent(
                true,
                edge,
                seq,
                atMs,
                client.text(),
                client.sender(),
                outcome,
                1,
                recipients,
                0,
                0,
                2_000,
                false,
                exemptBy,
                ConnectionEvent.Facts.NONE);
    }

    static Amendment spam(String address, long atMs, long refTimeMs, int spam) {
        return new Amendment("filter", ConnectionEvent.NO_SEQ, atMs, sender(address), refTimeMs, spam, 0);
    }

    static RulesChange rules(long atMs, String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new RulesChange("operator", atMs, map);
    }

    static SenderKey sender(String address) {
        return ClientAddress.parse(address).sender();
    }
}
