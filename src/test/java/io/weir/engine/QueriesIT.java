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
import io.weir.throttle.Reason;
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
            assertThat(lookup.inVain()).containsExactly(0, 1, 2, 3);
            assertThat(lookup.partitions()).isEqualTo(4);
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
        ThrottledSenders all = local(queries.throttled(ThrottledFilter.ALL, "", 10));
        assertThat(clients(all)).containsExactlyInAnyOrder(ADDRESS, "203.0.113.8", "198.51.100.1");
        assertThat(all.partitions()).isEqualTo(4);
        assertThat(all.parts()).extracting(ThrottledSenders.Part::partition).containsExactly(0, 1, 2, 3);
        assertThat(all.parts()).allMatch(part -> part.next().isEmpty() && !part.standby());
        assertThat(queries.others()).isEmpty();

        ThrottledFilter network = new ThrottledFilter(NETWORK, null, false);
        assertThat(clients(local(queries.throttled(network, "", 10)))).containsExactly(ADDRESS, "203.0.113.8");
        ThrottledSenders.Part first = local(queries.throttled(network, "", 1)).parts().stream()
                .filter(part -> !part.senders().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(first.senders()).extracting(ThrottledSenders.Sender::client).containsExactly(ADDRESS);
        assertThat(first.next()).isEqualTo(first.senders().get(0).position());
        assertThat(clients(local(queries.throttled(network, first.next(), 1)))).containsExactly("203.0.113.8");
        assertThat(first.senders().get(0).verdict().client()).isEqualTo(ADDRESS);
    }

    @Test
    void throttledSendersByReasonAndAlarms() {
        ThrottledFilter surge = new ThrottledFilter(null, Reason.VOLUME_SURGE, false);
        assertThat(clients(local(queries.throttled(surge, "", 10)))).isEmpty();
        ThrottledFilter newcomers = new ThrottledFilter(null, Reason.NEWCOMER_VOLUME, false);
        assertThat(clients(local(queries.throttled(newcomers, "", 10)))).hasSize(3);
        // A relay that is new is still learnt.
        assertThat(clients(local(queries.throttled(new ThrottledFilter(null, null, true), "", 10))))
                .isEmpty();
    }

    @Test
    void whatCanMeanNothingIsNamed() {
        ThrottledFilter half = new ThrottledFilter("203.0.113.0/25", null, false);
        assertThatThrownBy(() -> queries.throttled(half, "", 10)).hasMessageContaining("203.0.113.0/24");
        assertThatThrownBy(() -> queries.throttled(ThrottledFilter.ALL, "", 0)).hasMessageContaining("1 to 10000");
        assertThatThrownBy(() -> queries.throttled(ThrottledFilter.ALL, "../x", 10))
                .hasMessage("cursor must be one that an earlier page gave");
    }

    @Test
    void theReportNamesEveryPartition() {
        EngineReport report = queries.report();
        assertThat(report.state()).isEqualTo(EngineState.READY);
        assertThat(report.partitionsInAll()).isEqualTo(4);
        assertThat(report.partitions())
                .extracting(EngineReport.Partition::number)
                .containsExactly(0, 1, 2, 3);
        assertThat(report.partitions()).noneMatch(one -> one.standby() || one.restoring());
        assertThat(report.partitions()).anyMatch(one -> one.newestMs() == NOON + 2 * DAY);
    }

    private static List<String> clients(ThrottledSenders page) {
        return page.parts().stream()
                .flatMap(part -> part.senders().stream())
                .map(ThrottledSenders.Sender::client)
                .toList();
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
        assertThat(idle.queries().throttled(ThrottledFilter.ALL, "", 5)).isInstanceOf(Answer.Unavailable.class);
    }

    static <T> T local(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Local.class);
        return ((Answer.Local<T>) answer).value();
    }
}
