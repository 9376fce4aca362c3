package io.weir.simulate.defence;

import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.simulate.scenario.Scenario;
import io.weir.throttle.Connectors;
import io.weir.throttle.Knowledge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the edges know of the verdicts: each a while after it was made. */
final class VerdictBoard implements Knowledge {
    private final long delayMs;
    private final NetworkMap<OperatorOverride> overrides;
    private final Connectors connectors;
    private final Deque<Late> underWay = new ArrayDeque<>();
    private final Map<String, Verdict> latest = new HashMap<>();

    private record Late(long knownMs, Verdict verdict) {}

    VerdictBoard(Scenario scenario) {
        this.delayMs = scenario.plumbing().verdictDelayMs();
        this.overrides = NetworkMap.of(
                scenario.overrides().stream().collect(Collectors.toMap(OperatorOverride::target, word -> word)));
        this.connectors = new Connectors(scenario.connectors());
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

    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
        OperatorOverride word = overrides.of(sender);
        return word != null && nowMs < word.expiresAtMs() ? word : null;
    }

    @Override
    public Connectors connectors() {
        return connectors;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return latest.get(client);
    }
}
