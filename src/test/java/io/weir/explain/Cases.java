package io.weir.explain;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import io.weir.throttle.Throttle;
import java.time.Instant;
import java.util.Map;

/** A newcomer that sent far too much, as the core judges it. */
public final class Cases {
    public static final String CLIENT = "203.0.113.7";
    public static final long NOW_MS = Instant.parse("2026-11-23T10:00:30Z").toEpochMilli();

    private static final Controls ENFORCED = new Controls(Rules.of(Map.of("mode.newcomer-volume", "enforce")), null);

    private final SenderState state;
    private final Verdict verdict;

    private Cases(SenderState state, Verdict verdict) {
        this.state = state;
        this.verdict = verdict;
    }

    /** 437 recipients within ten seconds. */
    public static Cases newcomer() {
        Throttle throttle = new Throttle(new CaseIds(new byte[32]));
        SenderState state = null;
        Verdict verdict = null;
        for (int second = 0; second < 10; second++) {
            Judgement judged = throttle.step(
                    state, network -> null, event(NOW_MS - 20_000 + 1_000L * second, second == 0 ? 77 : 40), ENFORCED);
            state = judged.sender();
            verdict = judged.verdict() == null ? verdict : judged.verdict();
        }
        return new Cases(state, verdict);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** As seen so long after. */
    public Live.Known live(long afterMs, boolean isExact) {
        long at = NOW_MS + afterMs;
        SenderView view = SenderView.of(state, ENFORCED, at);
        return new Live.Known(verdict, view, Ramp.of(view.record(), ENFORCED.rules(), Ramp.MOST_DAYS), at, isExact);
    }

    private static ConnectionEvent event(long atMs, int recipients) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                CLIENT,
                ClientAddress.parse(CLIENT).sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
