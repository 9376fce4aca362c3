package io.weir.simulate.defence;

import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Knowledge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the edges know of the verdicts: each a while after it was made. */
final class VerdictBoard implements Knowledge {
    private final long delayMs;
    private final NetworkMap<OperatorOverride> overrides;
    private final Deque<Late> underWay = new ArrayDeque<>();
    private final Map<String, Verdict> latest = new HashMap<>();

    private record Late(long knownMs, Verdict verdict) {}

    VerdictBoard(long delayMs, List<OperatorOverride> overrides) {
        this.delayMs = delayMs;
        this.overrides =
                NetworkMap.of(overrides.stream().collect(Collectors.toMap(OperatorOverride::target, word -> word)));
    }

    /** A verdict was made now. */
    void made(Verdict verdict, long nowMs) {
        underWay.add(new Late(nowMs + delayMs, verdict));
    }

    void advance(long nowMs) {
        for (Late late = underWay.peek(); late != null && late.knownMs <= nowMs; late = underWay.peek()) {
            underWay.remove();
            Verdict known = latest.get(late.verdict.client());
            if (known == null || late.verdict.seq() > known.seq()) {
                latest.put(late.verdict.client(), late.verdict);
            }
        }
    }

    /** Whether an operator lets a sender pass. */
    boolean allows(SenderKey sender, long nowMs) {
        OperatorOverride word = overrideOf(sender, nowMs);
        return word != null && word.action() == OperatorOverride.Action.ALLOW;
    }

    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
        OperatorOverride word = overrides.of(sender);
        return word != null && nowMs < word.expiresAtMs() ? word : null;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return latest.get(client);
    }
}
