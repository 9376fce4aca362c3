package io.weir.demo;

import io.weir.edge.VerdictListener;
import io.weir.edge.VerdictTable;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.NetworkKey;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import io.weir.throttle.Throttle;
import io.weir.throttle.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The judgement without the broker: the same function, states in a map. */
final class MemoryStage implements Stage {
    private static final long HOUR_MS = 3_600_000;

    private final VerdictTable table = new VerdictTable();
    private final List<VerdictListener> listeners = new ArrayList<>();
    private final Throttle throttle;
    private final Map<SenderKey, SenderState> senders = new HashMap<>();
    private final Map<NetworkKey, NetworkState> networks = new HashMap<>();
    private final Map<SenderKey, Map<Long, Long>> closed = new HashMap<>();
    private final List<Verdict> pending = new ArrayList<>();
    private Controls controls = Controls.NONE;

    MemoryStage(byte[] secret) {
        this.throttle = new Throttle(new CaseIds(secret));
    }

    @Override
    public void publish(List<? extends WeirEvent> events) {
        for (WeirEvent event : events) {
            if (event instanceof ConnectionEvent connection) {
                judge(connection);
            } else if (event instanceof RulesChange change) {
                controls = controls.with(change);
            } else if (event instanceof Gap gap) {
                controls = controls.with(gap);
            }
        }
    }

    private void judge(ConnectionEvent event) {
        SenderKey key = event.sender();
        Judgement judged = throttle.step(senders.get(key), networks::get, event, controls);
        if (judged.sender() != null) {
            senders.put(key, judged.sender());
        }
        judged.networks().forEach(network -> networks.put(network.network(), network.state()));
        judged.closedDays().forEach(day -> rows(day.hours(), closed.computeIfAbsent(key, none -> new HashMap<>())));
        pending.addAll(judged.verdicts());
    }

    @Override
    public void settle() {
        for (Verdict verdict : pending) {
            table.take(verdict.client(), verdict);
            listeners.forEach(listener -> listener.verdict(verdict.client(), verdict));
        }
        pending.clear();
    }

    @Override
    public VerdictTable verdicts() {
        return table;
    }

    @Override
    public void onVerdict(VerdictListener listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<SenderView> ask(SenderKey sender, long atMs) {
        return Optional.ofNullable(senders.get(sender)).map(state -> SenderView.of(state, controls, atMs));
    }

    @Override
    public long attempts(SenderKey sender, long fromMs, long toMs) {
        Map<Long, Long> byHour = new HashMap<>(closed.getOrDefault(sender, Map.of()));
        SenderState state = senders.get(sender);
        if (state != null) {
            rows(state.traffic().withCurrent(), byHour);
        }
        return byHour.entrySet().stream()
                .filter(hour -> hour.getKey() * HOUR_MS >= fromMs && hour.getKey() * HOUR_MS < toMs)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void rows(PackedRows hours, Map<Long, Long> byHour) {
        hours.rows().forEach(row -> byHour.put(row.index(), row.get(Traffic.Column.ATTEMPTS.ordinal())));
    }
}
