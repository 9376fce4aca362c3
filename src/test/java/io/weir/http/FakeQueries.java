package io.weir.http;

import io.weir.engine.Answer;
import io.weir.engine.NetworkFacts;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.engine.ThrottledSenders;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine that knows one newcomer, which sent 400 recipients within a minute and is throttled for it. */
public final class FakeQueries implements Queries {
    public static final String KNOWN = "203.0.113.7";
    /** Its host has an address that others can reach. */
    public static final String REMOTE = "198.51.100.1";

    public static final String REMOTE_ON_LOOPBACK = "198.51.100.2";
    public static final String MOVING = "198.51.100.3";
    public static final String BROKEN = "198.51.100.4";
    public static final long NOW_MS = Instant.parse("2026-11-23T10:00:30Z").toEpochMilli();

    private final SenderState state;
    private final Verdict verdict;

    public FakeQueries() {
        Throttle throttle = new Throttle(new CaseIds(new byte[32]));
        SenderState before = null;
        Verdict last = null;
        for (int second = 0; second < 10; second++) {
            Judgement judged =
                    throttle.step(before, network -> null, event(NOW_MS - 20_000 + 1_000L * second), Controls.NONE);
            before = judged.sender();
            last = judged.verdict() == null ? last : judged.verdict();
        }
        this.state = before;
        this.verdict = last;
    }

    private static ConnectionEvent event(long atMs) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                KNOWN,
                ClientAddress.parse(KNOWN).sender(),
                Outcome.ADMITTED,
                1,
                40,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    public Verdict verdict() {
        return verdict;
    }

    @Override
    public Answer<SenderKey> senderOf(String address) {
        return new Answer.Local<>(ClientAddress.parse(address).sender(), false);
    }

    @Override
    public Answer<SenderFacts> sender(SenderKey sender) {
        return switch (sender.text()) {
            case REMOTE -> new Answer.Remote<>("engine2.invalid", 8451, false);
            case REMOTE_ON_LOOPBACK -> new Answer.Remote<>("127.0.0.1", 8452, false);
            case MOVING -> new Answer.Unavailable<>("partitions are being assigned", Duration.ofSeconds(3));
            case BROKEN -> throw new IllegalStateException("no such luck");
            case KNOWN -> facts(Optional.of(state));
            default -> facts(Optional.empty());
        };
    }

    private static Answer<SenderFacts> facts(Optional<SenderState> state) {
        return new Answer.Local<>(new SenderFacts(state, Map.of(), Controls.NONE, NOW_MS), false);
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(SenderKey sender, long fromMs, long toMs) {
        boolean within = verdict.decidedAtMs() >= fromMs && verdict.decidedAtMs() <= toMs;
        return new Answer.Local<>(within ? List.of(verdict) : List.of(), false);
    }

    @Override
    public Answer<NetworkFacts> network(NetworkKey network) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(NetworkKey network, long fromMs, long toMs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<List<PackedRows.Row>> traffic(SenderKey sender, long fromDay, long toDay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<ThrottledSenders> throttled(String network, int limit) {
        throw new UnsupportedOperationException();
    }
}
