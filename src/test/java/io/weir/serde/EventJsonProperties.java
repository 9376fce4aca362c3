package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.ConnectionEvent.Facts;
import io.weir.model.Gap;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class EventJsonProperties {
    private final EventJson json = new EventJson();

    @Property
    void whatIsWrittenReadsBackEqual(@ForAll("events") WeirEvent event) {
        byte[] written = json.write(event);
        assertThat(Schemas.problems(Schemas.EVENT, Samples.text(written))).isEmpty();
        assertThat(json.read(written)).isEqualTo(event);
        assertThat(json.write(json.read(written))).isEqualTo(written);
    }

    @Property
    void anyBytesAreReadOrRefusedAsMalformed(@ForAll @Size(max = 400) byte[] garbage) {
        assertReadOrMalformed(garbage);
    }

    @Property(tries = 5000)
    void aDamagedEventIsReadOrRefusedAsMalformed(
            @ForAll("events") WeirEvent event, @ForAll int at, @ForAll byte damage, @ForAll int cut) {
        byte[] bytes = json.write(event);
        bytes[Math.floorMod(at, bytes.length)] = damage;
        assertReadOrMalformed(bytes);
        assertReadOrMalformed(java.util.Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length)));
    }

    /** Strings of any UTF-16 units, halves of pairs included, in every field that holds a string. */
    @Property
    void anyTextIsReadOrRefusedAsMalformed(@ForAll("oddTexts") String text, @ForAll("stringFields") String field) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        assertReadOrMalformed(Samples.bytes("{\"v\":1,\"kind\":\"connection\",\"edge\":\"e\",\"occurredAtMs\":1,"
                + "\"clientAddress\":\"192.0.2.1\",\"outcome\":\"admitted\",\"" + field + "\":\"" + escaped + "\"}"));
    }

    /** What was read can be written: a reader behind a topic never holds an event that its own writer refuses. */
    private void assertReadOrMalformed(byte[] bytes) {
        WeirEvent event;
        try {
            event = json.read(bytes);
        } catch (MalformedEventException e) {
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(400);
            return;
        }
        assertThat(json.read(json.write(event))).isEqualTo(event);
    }

    @Provide
    Arbitrary<String> oddTexts() {
        return Arbitraries.strings()
                .withCharRange('\ud700', '\ue000')
                .withCharRange('\u0000', '\u00ff')
                .ofMaxLength(70);
    }

    @Provide
    Arbitrary<String> stringFields() {
        return Arbitraries.of(
                "edge", "pool", "kind", "outcome", "clientAddress", "exemptBy", "helo", "case", "unknown");
    }

    @Provide
    Arbitrary<WeirEvent> events() {
        return Arbitraries.oneOf(connectionEvents(), amendments(), rules(), gaps());
    }

    private static Arbitrary<WeirEvent> connectionEvents() {
        Arbitrary<ConnectionEvent> counted = Combinators.combine(
                        clients(),
                        Arbitraries.of(Outcome.class),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.of(true, false))
                .as((client, outcome, messages, recipients, bytes, flag) -> new ConnectionEvent(
                        flag,
                        "mx1",
                        flag ? bytes : ConnectionEvent.NO_SEQ,
                        bytes % 253_402_300_799_999L,
                        client.address().text(),
                        client.sender(),
                        outcome,
                        messages,
                        recipients,
                        Math.min(messages, recipients),
                        recipients / 2,
                        bytes,
                        flag,
                        client.exemptBy(),
                        Facts.NONE));
        return Combinators.combine(counted, edges(), facts()).as((event, edge, facts) -> withTexts(event, edge, facts));
    }

    private static ConnectionEvent withTexts(ConnectionEvent e, String edge, Facts facts) {
        return new ConnectionEvent(
                e.transaction(),
                edge,
                e.edgeSeq(),
                e.occurredAtMs(),
                e.clientAddress(),
                e.sender(),
                e.outcome(),
                e.messages(),
                e.recipients(),
                e.retries(),
                e.wouldDefer(),
                e.bytes(),
                e.nullSender(),
                e.exemptBy(),
                e.bytes() % (ConnectionEvent.MAX_PLANNED + 1),
                facts);
    }

    /** An address with the sender it counts for. */
    private record Client(ClientAddress address, SenderKey sender, String connector) {
        private String exemptBy() {
            if (connector != null) {
                return "connector:" + connector;
            }
            return sender.poolName() == null && address.exempt() ? ClientAddress.EXEMPT_BY : null;
        }
    }

    private static Arbitrary<Client> clients() {
        Arbitrary<ClientAddress> addresses = Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(0, 255)
                        .array(int[].class)
                        .ofSize(4)
                        .map(o -> ClientAddress.parse(o[0] + "." + o[1] + "." + o[2] + "." + o[3])),
                Arbitraries.integers()
                        .between(0, 0xffff)
                        .map(Integer::toHexString)
                        .list()
                        .ofSize(8)
                        .map(groups -> ClientAddress.parse(String.join(":", groups))));
        Arbitrary<SenderKey> pools =
                texts(64).filter(name -> !name.isBlank()).map(SenderKey::pool).injectNull(0.7);
        Arbitrary<String> connectors =
                Arbitraries.of("hq", "a.b-c_d", "no connector's name", "").injectNull(0.7);
        return Combinators.combine(addresses, pools, connectors)
                .as((address, pool, connector) ->
                        new Client(address, pool == null ? address.sender() : pool, connector));
    }

    private static Arbitrary<WeirEvent> amendments() {
        return Combinators.combine(
                        edges(),
                        clients(),
                        Arbitraries.longs().between(0, 253_402_300_799_999L),
                        Arbitraries.integers().between(0, 1_000_000))
                .as((edge, client, time, count) ->
                        new Amendment(edge, time, time, client.sender(), time / 2, count, 1_000_000 - count));
    }

    private static Arbitrary<WeirEvent> rules() {
        return Combinators.combine(
                        edges(),
                        Arbitraries.maps(texts(40).filter(key -> !key.isBlank()), texts(60))
                                .ofMaxSize(20))
                .as((edge, settings) -> new RulesChange(edge, 1, settings));
    }

    private static Arbitrary<WeirEvent> gaps() {
        return Combinators.combine(edges(), Arbitraries.longs().between(0, 253_402_300_799_999L))
                .as((edge, time) -> new Gap(edge, time, time / 3, time));
    }

    private static Arbitrary<Facts> facts() {
        Arbitrary<String> fact = texts(100).injectNull(0.5);
        return Combinators.combine(fact, fact, fact, fact, fact, fact, fact).as(Facts::new);
    }

    private static Arbitrary<String> edges() {
        return texts(255).filter(edge -> !edge.isBlank());
    }

    /** Unicode without control characters; whole pairs only. */
    private static Arbitrary<String> texts(int maxLength) {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u00a0', '\u20ff')
                .ofMaxLength(maxLength - 2)
                .map(text -> text.length() % 5 == 1 ? text + "\uD83D\uDE00" : text);
    }
}
