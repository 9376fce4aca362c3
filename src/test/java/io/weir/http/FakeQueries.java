package io.weir.http;

import io.weir.engine.Answer;
import io.weir.engine.CaseFacts;
import io.weir.engine.CaseLookup;
import io.weir.engine.EngineAddress;
import io.weir.engine.EngineReport;
import io.weir.engine.EngineState;
import io.weir.engine.NetworkFacts;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.engine.ThrottledFilter;
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
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An engine that knows one newcomer, which sent 400 recipients within a minute and is throttled for it; and a relay that a connector trusts. */
public class FakeQueries implements Queries {
    public static final String KNOWN = "203.0.113.7";
    public static final String KNOWN_NETWORK = "192.0.2.0/24";
    /** It sends by the connector {@code hq} alone, for eight days now, and today far more than ever. */
    public static final String RELAY = "203.0.113.9";
    /** Nobody answers where it is judged. */
    public static final String REMOTE = "198.51.100.1";

    /** A copy is here, which lacks three changes. */
    public static final String COPIED = "198.51.100.2";

    public static final String MOVING = "198.51.100.3";
    public static final String BROKEN = "198.51.100.4";
    /** A case that cannot be looked up at the moment. */
    public static final String MOVING_CASE = "MMMMMMMMMMMMMMMM";

    /** A case that might be in a partition that is not here. */
    public static final String CASE_ELSEWHERE = "EEEEEEEEEEEEEEEE";

    public static final long NOW_MS = Instant.parse("2026-11-23T10:00:30Z").toEpochMilli();

    private final Past newcomer;
    private final NetworkState snowshoe;
    /** On the newcomers of {@link #KNOWN_NETWORK} together. */
    private Verdict together;

    private final Past relay;

    /** What came of some events. */
    private record Past(SenderState state, Verdict verdict) {
        static Past of(ConnectionEvent... events) {
            Throttle throttle = new Throttle(new CaseIds(new byte[32]));
            SenderState state = null;
            Verdict verdict = null;
            for (ConnectionEvent event : events) {
                Judgement judged = throttle.step(state, network -> null, event, Controls.NONE);
                state = judged.sender();
                verdict = judged.verdict() == null ? verdict : judged.verdict();
            }
            return new Past(state, verdict);
        }
    }

    public FakeQueries() {
        snowshoe = snowshoe();
        newcomer = Past.of(IntStream.range(0, 10)
                .mapToObj(second -> event(KNOWN, NOW_MS - 20_000 + 1_000L * second, 40, null))
                .toArray(ConnectionEvent[]::new));
        relay = Past.of(IntStream.rangeClosed(0, 8)
                .mapToObj(day -> event(RELAY, NOW_MS - (8L - day) * 86_400_000, day < 8 ? 10 : 5_000, "connector:hq"))
                .toArray(ConnectionEvent[]::new));
    }

    /** Its network's newcomers send 4 recipients each, one after the other, until they are held together. */
    private NetworkState snowshoe() {
        Throttle throttle = new Throttle(new CaseIds(new byte[32]));
        Map<NetworkKey, NetworkState> networks = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            ConnectionEvent event = event("192.0.2." + i, NOW_MS - 20_000 + 1_000L * i, 4, null);
            throttle.step(null, networks::get, event, Controls.NONE).networks().forEach(changed -> {
                networks.put(changed.network(), changed.state());
                together = changed.verdict() == null ? together : changed.verdict();
            });
        }
        return networks.get(NetworkKey.parse(KNOWN_NETWORK));
    }

    private static ConnectionEvent event(String address, long atMs, int recipients, String exemptBy) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                address,
                ClientAddress.parse(address).sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                exemptBy,
                ConnectionEvent.Facts.NONE);
    }

    public Verdict verdict() {
        return newcomer.verdict;
    }

    public Verdict together() {
        return together;
    }

    public Verdict alarm() {
        return relay.verdict;
    }

    @Override
    public Answer<SenderKey> senderOf(String address) {
        return new Answer.Local<>(ClientAddress.parse(address).sender(), false, 0);
    }

    @Override
    public Answer<SenderFacts> sender(SenderKey sender) {
        return switch (sender.text()) {
            case REMOTE, COPIED -> new Answer.Remote<>(List.of(new EngineAddress("127.0.0.1", 1)));
            case MOVING -> new Answer.Unavailable<>("partitions are being assigned", Duration.ofSeconds(3));
            case BROKEN -> throw new IllegalStateException("no such luck");
            case KNOWN -> facts(Optional.of(newcomer.state));
            case RELAY -> facts(Optional.empty(), new SenderFacts.Trusted(sender.via("hq"), relay.state));
            default -> facts(Optional.empty());
        };
    }

    private static Answer<SenderFacts> facts(Optional<SenderState> state, SenderFacts.Trusted... trusted) {
        return new Answer.Local<>(new SenderFacts(state, List.of(trusted), Map.of(), Controls.NONE, NOW_MS), false, 0);
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(SenderKey sender, long fromMs, long toMs) {
        Verdict verdict = sender.connector() == null ? newcomer.verdict : relay.verdict;
        boolean within = verdict.decidedAtMs() >= fromMs && verdict.decidedAtMs() <= toMs;
        return new Answer.Local<>(within ? List.of(verdict) : List.of(), false, 0);
    }

    @Override
    public Answer<NetworkFacts> network(NetworkKey network) {
        boolean isKnown = network.text().equals(KNOWN_NETWORK);
        return new Answer.Local<>(
                new NetworkFacts(network, isKnown ? Optional.of(snowshoe) : Optional.empty(), Controls.NONE, NOW_MS),
                false,
                0);
    }

    @Override
    public Answer<List<Verdict>> verdictsOf(NetworkKey network, long fromMs, long toMs) {
        return new Answer.Local<>(List.of(), false, 0);
    }

    @Override
    public Answer<CaseLookup> caseOf(String caseId) {
        if (caseId.equals(MOVING_CASE)) {
            return new Answer.Unavailable<>("partitions are being assigned", Duration.ofSeconds(3));
        }
        Optional<CaseFacts> found = Optional.empty();
        if (caseId.equals(newcomer.verdict.caseId())) {
            CaseFacts.Sender sender =
                    new CaseFacts.Sender(ClientAddress.parse(KNOWN).sender(), newcomer.state);
            found = Optional.of(
                    new CaseFacts(newcomer.verdict, Optional.of(sender), Optional.empty(), Controls.NONE, NOW_MS));
        } else if (caseId.equals(together.caseId())) {
            CaseFacts.Network network = new CaseFacts.Network(NetworkKey.parse(KNOWN_NETWORK), snowshoe);
            found = Optional.of(new CaseFacts(together, Optional.empty(), Optional.of(network), Controls.NONE, NOW_MS));
        }
        return new Answer.Local<>(
                new CaseLookup(found, Controls.NONE.rules(), NOW_MS, List.of(0), caseId.equals(CASE_ELSEWHERE) ? 2 : 1),
                false,
                0);
    }

    @Override
    public Answer<List<PackedRows.Row>> traffic(SenderKey sender, long fromDay, long toDay) {
        List<PackedRows.Row> rows = sender.text().equals(KNOWN)
                ? newcomer.state.traffic().withCurrent().rows()
                : List.of();
        return new Answer.Local<>(rows, false, 0);
    }

    @Override
    public Answer<ThrottledSenders> throttled(ThrottledFilter filter, String after, int limit) {
        if (!after.isEmpty() && !after.matches("[0-9a-f]{4}-[0-9a-f]*")) {
            throw new IllegalArgumentException("cursor must be one that an earlier page gave");
        }
        ThrottledSenders.Sender one =
                new ThrottledSenders.Sender("0000-01", KNOWN, newcomer.state.inForce(), newcomer.verdict);
        boolean isWanted = after.isEmpty()
                && !filter.alarms()
                && (filter.reason() == null
                        || filter.reason() == newcomer.state.inForce().reason());
        return new Answer.Local<>(
                new ThrottledSenders(
                        List.of(new ThrottledSenders.Part(
                                0, false, 0, NOW_MS, isWanted ? List.of(one) : List.of(), "")),
                        1),
                false,
                0);
    }

    @Override
    public EngineReport report() {
        return new EngineReport(
                new EngineAddress("127.0.0.1", 8451),
                EngineState.READY,
                List.of(new EngineReport.Partition(0, false, false, 7, 0, NOW_MS)),
                1);
    }

    @Override
    public List<EngineAddress> others() {
        return List.of();
    }

    /** Of {@link #COPIED} there is a copy that has not heard of it. */
    @Override
    public Queries here() {
        return (Queries) Proxy.newProxyInstance(
                Queries.class.getClassLoader(), new Class<?>[] {Queries.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("sender")) {
                        return switch (((SenderKey) arguments[0]).text()) {
                            case COPIED ->
                                new Answer.Local<>(
                                        new SenderFacts(Optional.empty(), List.of(), Map.of(), Controls.NONE, NOW_MS),
                                        true,
                                        3);
                            case REMOTE -> new Answer.Unavailable<>("nobody has it", Duration.ofSeconds(1));
                            default -> sender((SenderKey) arguments[0]);
                        };
                    }
                    try {
                        return method.invoke(this, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
