package io.weir.serde;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings one sender's state about the way the engine does: event by event. */
final class Traffics {
    static final long HOUR_MS = 3_600_000;
    static final long DAY_MS = 24 * HOUR_MS;

    /** A Monday, 00:00 UTC. */
    static final long MONDAY_MS = 1_795_392_000_000L;

    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    private final Throttle throttle = new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private final Controls controls;
    private final Map<NetworkKey, NetworkState> networks = new HashMap<>();
    private @Nullable SenderState state;

    Traffics(Controls controls) {
        this.controls = controls;
    }

    Judgement send(long atMs, Outcome outcome, int recipients, int retries, int wouldDefer, boolean nullSender) {
        ConnectionEvent event = new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                "203.0.113.7",
                SENDER,
                outcome,
                1,
                recipients,
                retries,
                wouldDefer,
                0,
                nullSender,
                null,
                ConnectionEvent.Facts.NONE);
        Judgement judged = throttle.step(state, networks::get, event, controls);
        state = judged.sender();
        judged.networks().forEach(changed -> networks.put(changed.network(), changed.state()));
        return judged;
    }

    Judgement admitted(long atMs, int recipients) {
        return send(atMs, Outcome.ADMITTED, recipients, 0, 0, false);
    }

    @Nullable
    SenderState state() {
        return state;
    }
}
