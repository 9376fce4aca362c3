package io.weir.engine;

import static io.weir.engine.TestEvents.DAY;
import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static io.weir.engine.TestEvents.rules;
import static io.weir.engine.TestEvents.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.WeirConfig;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.PackedRows;
import io.weir.throttle.Ramp;
import io.weir.throttle.Traffic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class QueriesIT {
    private static final String ADDRESS = "203.0.113.7";
    private static final String NETWORK = "203.0.113.0/24";

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;
    private static EngineBed bed;
    private static WeirEngine engine;
    private static Queries queries;

    @BeforeAll
    static void judgeSome() throws Exception {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
        bed = new EngineBed(broker, "queries", dir, 4);
        engine = bed.engine(Map.of());
        queries = engine.queries();
        bed.sendToAll(rules(NOON, "ipv6.prefix", "56"));
        bed.send(
                admitted(ADDRESS, NOON, 3),
                admitted(ADDRESS, NOON + DAY, 5),
                admitted(ADDRESS, NOON + 2 * DAY, 70),
                admitted("203.0.113.8", NOON + 2 * DAY, 70),
                admitted("198.51.100.1", NOON + 2 * DAY, 70),
                admitted("198.51.100.2", NOON + 2 * DAY, 1),
                byConnector("branch", 2),
                byConnector("hq", 900));
        bed.awaitJudged(bed.config(Map.of()));
    }

    @AfterAll
    static void stop() {
        engine.close();
        bed.close();
        broker.close();
    }

    @Test
    void aSenderWithWhatItIsJudgedBy() {
        SenderFacts facts = local(queries.sender(sender(ADDRESS)));

        assertThat(facts.state().orElseThrow().inForce().throttle()).isTrue();
        assertThat(facts.newestMs()).isEqualTo(NOON + 2 * DAY);
        assertThat(facts.controls().rules().ipv6Prefix()).isEqualTo(56);
    }

    @Test
    void whatItSendsByConnectorsIsThereApart() {
        SenderFacts facts = local(queries.sender(sender(ADDRESS)));

        assertThat(facts.trusted())
                .extracting(trusted -> trusted.sender().connector())
                .containsExactly("branch", "hq");
        assertThat(facts.trusted().get(1).state().traffic().sum(Traffic.Column.ADMITTED, 0))
                .isEqualTo(900);
        assertThat(local(queries.sender(sender("203.0.113.8"))).trusted()).isEmpty();
    }

    private static ConnectionEvent byConnector(String name, int recipients) {
        return TestEvents.event(
                "mx1",
                ConnectionEvent.NO_SEQ,
                ADDRESS,
                NOON + 2 * DAY,
                Outcome.ADMITTED,
                recipients,
                "connector:" + name);
    }

    @Test
    void anUnknownSenderIsAbsentAndNotUnavailable() {
        assertThat(local(queries.sender(sender("192.0.2.1"))).state()).isEmpty();
    }

    @Test
    void theRulesSayWhichSenderAnIpv6AddressIs() {
        SenderKey sender = local(queries.senderOf("2001:db8:1:ff07::1"));

        assertThat(sender.text()).isEqualTo("2001:db8:1:ff00::/56");
        assertThatThrownBy(() -> queries.senderOf("no address")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void trafficIsClosedDaysAndLiveHoursTogether() {
        long day = NOON / DAY;
        List<PackedRows.Row> hours = local(queries.traffic(sender(ADDRESS), day, day + 2));

        assertThat(hours)
                .extracting(PackedRows.Row::index)
                .containsExactly(day * 24 + 12, day * 24 + 36, day * 24 + 60);
        assertThat(hours)
                .extracting(row -> row.get(Traffic.Column.ADMITTED.ordinal()))
                .containsExactly(3L, 5L, 70L);
        assertThat(local(queries.traffic(sender(ADDRESS), day + 1, day + 1)))
                .extracting(PackedRows.Row::index)
                .containsExactly(day * 24 + 36);
    }

    @Test
    void verdictsOfASpan() {
        List<Verdict> verdicts = local(queries.verdictsOf(sender(ADDRESS), NOON, NOON + 3 * DAY));

        assertThat(verdicts).hasSize(1);
        assertThat(verdicts.get(0).client()).isEqualTo(ADDRESS);
        assertThat(local(queries.verdictsOf(sender(ADDRESS), NOON, NOON + DAY))).isEmpty();
    }

    @Test
    void aCaseLeadsToItsVerdictAndItsSender() {
        Verdict verdict =
                local(queries.verdictsOf(sender(ADDRESS), NOON, NOON + 3 * DAY)).get(0);
        CaseFacts facts = local(queries.caseOf(verdict.caseId())).found().orElseThrow();

        assertThat(facts.verdict()).isEqualTo(verdict);
        assertThat(facts.sender().orElseThrow().key()).isEqualTo(sender(ADDRESS));
        assertThat(facts.view(NOON + 2 * DAY).inForce().caseId()).isEqualTo(verdict.caseId());
        assertThat(facts.ramp(facts.view(NOON + 2 * DAY))).hasSize(Ramp.MOST_DAYS);
    }

    @Test
    void whatIsNoCaseIsNotFoundInAnyPartition() {
        for (String none : List.of("AAAAAAAAAAAAAAAA", "", "a", "c", "A".repeat(5_000), "\0")) {
            CaseLookup lookup = local(queries.caseOf(none));
            assertThat(lookup.found()).isEmpty();
            assertThat(lookup.partitions()).containsExactly(0, 1, 2, 3);
            assertThat(lookup.elsewhere()).isEmpty();
        }
    }

    @Test
    void anAlarmsCaseLeadsNowhere() {
        SenderFacts facts = local(queries.sender(sender(ADDRESS)));
        SenderKey via = facts.trusted().get(1).sender();
        for (Verdict alarm : local(queries.verdictsOf(via, NOON, NOON + 3 * DAY))) {
            assertThat(local(queries.caseOf(alarm.caseId())).found()).isEmpty();
        }
    }

    @Test
    void throttledSendersOfTheSiteAndOfANetwork() {
        ThrottledSenders all = local(queries.throttled(null, 10));
        assertThat(all.senders())
                .extracting(ThrottledSenders.Sender::client)
                .containsExactlyInAnyOrder(ADDRESS, "203.0.113.8", "198.51.100.1");
        assertThat(all.more()).isFalse();
        assertThat(all.elsewhere()).isEmpty();

        assertThat(local(queries.throttled(NETWORK, 10)).senders())
                .extracting(ThrottledSenders.Sender::client)
                .containsExactly(ADDRESS, "203.0.113.8");
        ThrottledSenders first = local(queries.throttled(NETWORK, 1));
        assertThat(first.senders()).hasSize(1);
        assertThat(first.more()).isTrue();
        assertThatThrownBy(() -> queries.throttled("203.0.113.0/25", 10)).hasMessageContaining("203.0.113.0/24");
        assertThatThrownBy(() -> queries.throttled(null, 0)).hasMessageContaining("1 to 10000");
    }

    @Test
    void anEngineThatDoesNotRunSaysSo() {
        WeirConfig config = bed.config(Map.of("engine.application.id", "idle"));
        WeirEngine idle = EngineBed.unstarted(config);
        assertThat(idle.queries().sender(sender(ADDRESS))).isInstanceOf(Answer.Unavailable.class);
        assertThat(idle.queries().caseOf("AAAAAAAAAAAAAAAA")).isInstanceOf(Answer.Unavailable.class);
        assertThat(idle.state()).isEqualTo(EngineState.STARTING);
        idle.close();
        assertThat(idle.queries().sender(sender(ADDRESS))).isInstanceOf(Answer.Unavailable.class);
        assertThat(idle.queries().throttled(null, 5)).isInstanceOf(Answer.Unavailable.class);
    }

    static <T> T local(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Local.class);
        return ((Answer.Local<T>) answer).value();
    }
}
