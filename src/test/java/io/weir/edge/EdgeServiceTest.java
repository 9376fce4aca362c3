package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.EdgeSettings;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.edge.policy.PolicyRequests;
import io.weir.edge.policy.PolicyService;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.Verdict;
import io.weir.serde.EventJson;
import io.weir.serde.OverrideJson;
import io.weir.throttle.BrakeCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeServiceTest {
    private static final String CLIENT = "203.0.113.7";
    private static final Object CONNECTION = new Object();

    @TempDir
    Path directory;

    private final VerdictTable verdicts = new VerdictTable();
    private final ConnectorTable connectors = new ConnectorTable();
    private final RulesTable rules = new RulesTable();
    private final List<ConnectionEvent> events = new ArrayList<>();
    private long now = 1_795_503_060_123L;
    private final OverrideTable overrides = new OverrideTable(() -> now);
    private EdgeKnowledge knowledge;
    private EdgeService service;

    @BeforeEach
    void begin() {
        Brake brake = new Brake(new Brake.Options(new BrakeCount.Limits(0.1, 0.05, 20), directory.resolve("brake")));
        knowledge = new EdgeKnowledge(verdicts, overrides, connectors, rules, brake);
        knowledge.show();
        service = service(brake);
    }

    private EdgeService service(Brake brake) {
        return new EdgeService(
                new EdgeService.Parts(
                        "mx1",
                        Networks.parse("198.51.100.0/24"),
                        knowledge,
                        new byte[32],
                        new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, ""),
                        brake,
                        new EdgeMeters(new SimpleMeterRegistry()),
                        at -> {}),
                events::add,
                () -> now);
    }

    private void throttle(Mode mode) {
        throttle(CLIENT, mode);
    }

    private void throttle(String client, Mode mode) {
        Verdict any = Verdicts.throttle(client, now, now + 900_000);
        verdicts.verdict(
                client,
                new Verdict(
                        client,
                        any.action(),
                        mode,
                        0,
                        any.replyCode(),
                        any.enhancedStatusCode(),
                        any.as(),
                        any.reason(),
                        any.caseId(),
                        any.horizonMs(),
                        any.observed(),
                        any.record(),
                        any.allowance(),
                        any.exempt(),
                        any.decidedAtMs(),
                        any.expiresAtMs(),
                        any.seq(),
                        any.rules()));
    }

    private String ask(String state, String instance, String client, String recipient, String... more) {
        List<String> attributes = new ArrayList<>(List.of(more));
        attributes.addAll(List.of(
                "protocol_state=" + state,
                "client_address=" + client,
                "sender=a@sender.example.net",
                "recipient=" + recipient,
                "instance=" + instance));
        PolicyQuestion request = PolicyRequests.of(attributes.toArray(String[]::new));
        return service.answer(request, CONNECTION);
    }

    private String rcpt(String instance) {
        return ask("RCPT", instance, CLIENT, "user@example.com");
    }

    @Test
    void anAnnouncedVolumeIsToldWithEachEvent() {
        throttle(Mode.ENFORCE);
        overrides.take(
                CLIENT,
                OverrideJson.write(OperatorOverride.planned(CLIENT, 50_000, "pm", "sale", now, now, now + 1_000)));
        overrides.show();
        assertThat(rcpt("1")).startsWith("451 ");
        now += 1_000;
        assertThat(rcpt("2")).startsWith("451 ");
        assertThat(events).extracting(ConnectionEvent::planned).containsExactly(50_000L, 0L);
    }

    @Test
    void whatIsAcceptedIsVolume() {
        assertThat(rcpt("1")).isEqualTo(PolicyService.DUNNO);
        assertThat(rcpt("1")).isEqualTo(PolicyService.DUNNO);
        assertThat(events).isEmpty();
        ask("END-OF-MESSAGE", "1", CLIENT, "", "recipient_count=2", "size=4711");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
            assertThat(event.recipients()).isEqualTo(2);
            assertThat(event.bytes()).isEqualTo(4_711);
            assertThat(event.occurredAtMs()).isEqualTo(now);
        });
    }

    @Test
    void aDeferredRecipientIsAnEventAtOnceAndItsReturnARetry() {
        throttle(Mode.ENFORCE);
        assertThat(rcpt("1")).startsWith("451 4.7.500 [203.0.113.7] ");
        assertThat(rcpt("1")).startsWith("451 4.7.500 ");
        now += 60_000;
        assertThat(rcpt("2")).startsWith("451 4.7.500 ");
        assertThat(events).extracting(ConnectionEvent::outcome).containsOnly(Outcome.DEFERRED);
        assertThat(events).extracting(ConnectionEvent::retries).containsExactly(0, 0, 1);
    }

    @Test
    void aShadowVerdictOnlyWarns() {
        throttle(Mode.SHADOW);
        assertThat(rcpt("1")).startsWith("WARN would defer: 4.7.500 [203.0.113.7] ");
        ask("END-OF-MESSAGE", "1", CLIENT, "", "recipient_count=1");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
            assertThat(event.wouldDefer()).isOne();
        });
    }

    private void connector(String name, String fields) {
        String json = "{'v':1,'name':'" + name + "','enabled':true,'mode':'enforce'," + fields + "}";
        connectors.take(name, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        knowledge.show();
    }

    @Test
    void aConnectorGoesBeforeTheVerdict() {
        throttle(Mode.ENFORCE);
        connector("hq", "'kind':'on-premises','tlsCertificateNames':['mail.example.net']");
        String[] tls = {"encryption_protocol=TLSv1.3", "ccert_subject=mail+2Eexample+2Enet"};
        assertThat(ask("RCPT", "1", CLIENT, "user@example.com")).startsWith("451 4.7.500");
        assertThat(ask("RCPT", "2", CLIENT, "user@example.com", tls)).isEqualTo(PolicyService.DUNNO);
        ask("END-OF-MESSAGE", "2", CLIENT, "", "recipient_count=1");
        assertThat(events).last().satisfies(event -> {
            assertThat(event.exemptBy()).isEqualTo("connector:hq");
            assertThat(event.facts().tlsProtocol()).isEqualTo("TLSv1.3");
            assertThat(event.facts().tlsSubject()).isEqualTo("mail.example.net");
        });
    }

    @Test
    void aPartnersMailFromElsewhereIsRefusedAndCountsAsRejected() {
        connector(
                "acme",
                "'kind':'partner','senderDomains':['sender.example.net'],'clientNetworks':['192.0.2.0/24'],"
                        + "'restrictToNetworks':true");
        assertThat(rcpt("1")).startsWith("550 5.7.51 ").contains("acme");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(event.facts().connectorMiss()).isEqualTo("acme:network");
        });
    }

    @Test
    void aPartnersMailWithoutTlsIsAskedForIt() {
        connector("acme", "'kind':'partner','senderDomains':['*.example.net'],'requireTls':true");
        assertThat(rcpt("1")).startsWith("451 4.7.10 ").contains("STARTTLS");
        assertThat(ask("RCPT", "2", CLIENT, "user@example.com", "encryption_protocol=TLSv1.3"))
                .isEqualTo(PolicyService.DUNNO);
    }

    /** A verdict that comes in the middle of a message does not tear it. */
    @Test
    void aTransactionIsDecidedOnce() {
        assertThat(rcpt("1")).isEqualTo(PolicyService.DUNNO);
        throttle(Mode.ENFORCE);
        assertThat(rcpt("1")).isEqualTo(PolicyService.DUNNO);
        assertThat(rcpt("2")).startsWith("451 ");
    }

    @Test
    void withoutAnInstanceEachRecipientIsDecidedForItself() {
        assertThat(rcpt("")).isEqualTo(PolicyService.DUNNO);
        throttle(Mode.ENFORCE);
        assertThat(rcpt("")).startsWith("451 ");
        assertThat(events).extracting(ConnectionEvent::outcome).containsExactly(Outcome.UNKNOWN, Outcome.DEFERRED);
    }

    @Test
    void untilAnEndWasSeenNobodyCanTellWhatBecameOfATransaction() {
        rcpt("1");
        rcpt("2");
        ask("END-OF-MESSAGE", "2", CLIENT, "", "recipient_count=1");
        rcpt("3");
        service.closed(CONNECTION);
        assertThat(events)
                .extracting(ConnectionEvent::outcome)
                .containsExactly(Outcome.UNKNOWN, Outcome.ADMITTED, Outcome.ABANDONED);
    }

    @Test
    void afterTwentyMessagesWithoutAnEndTheSecondCheckIsMissed() {
        for (int i = 0; i < 20; i++) {
            assertThat(service.accepted().isMissing()).isFalse();
            rcpt("m" + i);
            service.closed(CONNECTION);
        }
        assertThat(service.accepted().isMissing()).isTrue();
        rcpt("last");
        ask("END-OF-MESSAGE", "last", CLIENT, "", "recipient_count=1");
        assertThat(service.accepted().isMissing()).isFalse();
        assertThat(service.accepted().isTold()).isTrue();
    }

    @Test
    void aConnectionThatComesToNothingIsAnEventOfItsOwn() {
        ask("CONNECT", "c1", CLIENT, "");
        ask("CONNECT", "c2", CLIENT, "");
        rcpt("c2");
        ask("END-OF-MESSAGE", "c2", CLIENT, "", "recipient_count=1");
        ask("CONNECT", "c3", "127.0.0.1", "");
        ask("CONNECT", "c4", "203.0.113.8", "");
        service.closed(CONNECTION);
        assertThat(events).extracting(ConnectionEvent::transaction).containsExactly(false, true, false);
        assertThat(events).extracting(ConnectionEvent::clientAddress).containsExactly(CLIENT, CLIENT, "203.0.113.8");
        assertThat(events).extracting(ConnectionEvent::recipients).containsExactly(0, 1, 0);
    }

    @Test
    void silenceEndsATransaction() {
        ask("RCPT", "1", CLIENT, "user@example.com", "policy_context=connection-per-question");
        now += Transactions.LONGEST_MS + 1;
        service.sweep();
        assertThat(events).hasSize(1);
        assertThat(service.underWay()).isZero();
    }

    /** Regression: a large message on a slow line was taken for given up, and accepted mail never became volume. */
    @Test
    void whatWasTakenForGivenUpIsVolumeWhenItIsAcceptedAfterAll() {
        String[] perQuestion = {"policy_context=connection-per-question"};
        ask("RCPT", "1", CLIENT, "user@example.com", perQuestion);
        now += Transactions.LONGEST_MS + 1;
        service.sweep();
        now += Transactions.LONGEST_MS;
        ask("END-OF-MESSAGE", "1", CLIENT, "", "recipient_count=1", "size=50000000", perQuestion[0]);
        assertThat(events).extracting(ConnectionEvent::outcome).containsExactly(Outcome.UNKNOWN, Outcome.ADMITTED);
    }

    /** Postfix tells so of its own networks' mail, about which it does not ask. */
    @Test
    void theEndOfAMessageThatNobodyAskedAboutIsNone() {
        ask("END-OF-MESSAGE", "1", CLIENT, "", "recipient_count=1", "size=4711");
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"unknown", "127.0.0.1", "10.1.2.3", "198.51.100.7", "::1"})
    void whoIsOursOrNobodyIsNeitherTouchedNorCounted(String client) {
        verdicts.verdict(client, Verdicts.throttle(client, now, now + 900_000));
        assertThat(ask("RCPT", "1", client, "user@example.com")).isEqualTo(PolicyService.DUNNO);
        ask("END-OF-MESSAGE", "1", client, "", "recipient_count=1");
        service.closed(CONNECTION);
        assertThat(events).isEmpty();
    }

    @Test
    void whoHasLoggedInIsOurs() {
        throttle(Mode.ENFORCE);
        assertThat(ask("RCPT", "1", CLIENT, "user@example.com", "sasl_username=mara"))
                .isEqualTo(PolicyService.DUNNO);
        assertThat(events).isEmpty();
    }

    @Test
    void otherStagesAreNotOurs() {
        throttle(Mode.ENFORCE);
        for (String state : List.of("CONNECT", "EHLO", "HELO", "MAIL", "DATA", "VRFY", "ETRN", "SOMETHING")) {
            assertThat(ask(state, "1", CLIENT, "")).isEqualTo(PolicyService.DUNNO);
        }
        assertThat(events).isEmpty();
    }

    @Test
    void theRolesPassSoOftenAndNoMore() {
        throttle(Mode.ENFORCE);
        int passed = 0;
        for (int i = 0; i < 35; i++) {
            if (ask("RCPT", "r" + i, CLIENT, i % 2 == 0 ? "Postmaster@example.com" : "abuse@example.com")
                    .equals(PolicyService.DUNNO)) {
                passed++;
            }
        }
        assertThat(passed).isEqualTo(20);
        now += 3_600_000;
        assertThat(ask("RCPT", "later", CLIENT, "postmaster@example.com")).isEqualTo(PolicyService.DUNNO);
    }

    @Test
    void aRoleAddressPassesAloneAndIsNotTheOthersWay() {
        throttle(Mode.ENFORCE);
        assertThat(ask("RCPT", "1", CLIENT, "postmaster@example.com")).isEqualTo(PolicyService.DUNNO);
        assertThat(rcpt("1")).startsWith("451 4.7.500");
        assertThat(ask("RCPT", "1", CLIENT, "abuse@example.com")).isEqualTo(PolicyService.DUNNO);
        ask("END-OF-MESSAGE", "1", CLIENT, "", "recipient_count=2");
        assertThat(events).extracting(ConnectionEvent::outcome).containsExactly(Outcome.DEFERRED, Outcome.ADMITTED);
        assertThat(events).extracting(ConnectionEvent::recipients).containsExactly(1, 2);
    }

    @Test
    void theBrakeLetsEverythingPass() {
        throttle(Mode.ENFORCE);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(rcpt("b" + i));
        }
        assertThat(answers.subList(0, 20)).allMatch(answer -> answer.startsWith("451 "));
        assertThat(answers.subList(20, 30)).containsOnly(PolicyService.DUNNO);
    }

    /** Regression: a verdict on a /56 was found by no /64. */
    @Test
    void senderIsWhatTheRulesSayAndSoItsVerdictIsFound() {
        throttle("2001:db8:1:200::/56", Mode.ENFORCE);
        assertThat(ask("RCPT", "1", "2001:db8:1:2ff::25", "user@example.com")).isEqualTo(PolicyService.DUNNO);
        rules.take(
                "rules",
                new EventJson()
                        .write(new RulesChange(
                                "operator pm", now, Map.of("ipv6.prefix", "56", "mode.volume-surge", "enforce"))));
        knowledge.show();
        assertThat(ask("RCPT", "2", "2001:db8:1:2ff::25", "user@example.com")).startsWith("451 4.7.500");
    }

    /** Regression: while an edge started, verdicts were enforced that an override not read yet takes back. */
    @Test
    void noVerdictIsObeyedBeforeAllThatMayStopItIsKnown() {
        EdgeKnowledge starting = new EdgeKnowledge(
                verdicts,
                new OverrideTable(() -> now),
                connectors,
                new RulesTable(),
                new Brake(new Brake.Options(new BrakeCount.Limits(0.1, 0.05, 20), directory.resolve("brake"))));
        throttle(Mode.ENFORCE);
        assertThat(starting.verdictOf(CLIENT)).isNull();
        starting.begin();
        assertThat(starting.verdictOf(CLIENT)).isNull();
        starting.show();
        assertThat(starting.verdictOf(CLIENT)).isNotNull();
        starting.begin();
        assertThat(starting.verdictOf(CLIENT)).isNotNull();
    }
}
