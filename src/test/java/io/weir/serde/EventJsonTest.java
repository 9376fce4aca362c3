package io.weir.serde;

import static io.weir.serde.Samples.AT_MS;
import static io.weir.serde.Samples.bytes;
import static io.weir.serde.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.ConnectionEvent.Facts;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final String REQUIRED =
            "{\"v\":1,\"kind\":\"transaction\",\"edge\":\"mx1\",\"occurredAtMs\":1795503060123,"
                    + "\"clientAddress\":\"203.0.113.7\",\"outcome\":\"admitted\"}";

    private final EventJson json = new EventJson();

    @Test
    void aTransactionWithEverything() {
        assertGolden(
                Samples.TRANSACTION,
                "{\"v\":1,\"kind\":\"transaction\",\"edge\":\"mx1.example.org\",\"edgeSeq\":918273,"
                        + "\"occurredAtMs\":1795503060123,\"clientAddress\":\"203.0.113.7\",\"pool\":\"acme-esp\","
                        + "\"outcome\":\"admitted\",\"messages\":1,\"recipients\":3,\"retries\":1,\"wouldDefer\":1,"
                        + "\"bytes\":48211,\"nullSender\":true,\"exemptBy\":\"connector:onprem-hq\","
                        + "\"connectorMiss\":\"onprem-hq:certificate\",\"tlsProtocol\":\"TLSv1.3\","
                        + "\"tlsSubject\":\"mail.example.net\",\"case\":\"K7Q2MKX4A9PD31WZ\","
                        + "\"helo\":\"helo.example.net\",\"clientName\":\"client.example.net\","
                        + "\"senderDomain\":\"example.com\"}");
    }

    @Test
    void aConnection() {
        assertGolden(
                Samples.CONNECTION,
                "{\"v\":1,\"kind\":\"connection\",\"edge\":\"mx1\",\"occurredAtMs\":1795503060123,"
                        + "\"clientAddress\":\"2001:db8:1:2::25\",\"outcome\":\"abandoned\",\"messages\":0,"
                        + "\"recipients\":0}");
    }

    @Test
    void anAmendment() {
        assertGolden(
                Samples.AMEND,
                "{\"v\":1,\"kind\":\"amend\",\"edge\":\"filter\",\"edgeSeq\":7,\"occurredAtMs\":1795503060123,"
                        + "\"clientAddress\":\"203.0.113.7\",\"refTimeMs\":1795503000123,\"spam\":2,\"rejected\":1}");
    }

    @Test
    void anAmendmentOfAPrefixOrAPoolNamesItsSender() {
        assertGolden(
                amendment(ClientAddress.parse("2001:db8:1:2::25").sender()),
                "{\"v\":1,\"kind\":\"amend\",\"edge\":\"filter\",\"occurredAtMs\":1795503060123,"
                        + "\"clientAddress\":\"2001:db8:1:2::\",\"refTimeMs\":1795503000123,\"spam\":1,\"rejected\":0}");
        assertGolden(
                amendment(SenderKey.pool("acme-esp")),
                "{\"v\":1,\"kind\":\"amend\",\"edge\":\"filter\",\"occurredAtMs\":1795503060123,"
                        + "\"pool\":\"acme-esp\",\"refTimeMs\":1795503000123,\"spam\":1,\"rejected\":0}");
    }

    @Test
    void rulesAreWrittenInOrderOfTheirKeys() {
        assertGolden(
                Samples.RULES,
                "{\"v\":1,\"kind\":\"rules\",\"edge\":\"weir-rules\",\"occurredAtMs\":1795503060123,"
                        + "\"settings\":{\"growth\":\"2\",\"mode.volume-surge\":\"enforce\"}}");
    }

    @Test
    void aGap() {
        assertGolden(
                Samples.GAP,
                "{\"v\":1,\"kind\":\"gap\",\"edge\":\"weir-gap\",\"occurredAtMs\":1795503060123,"
                        + "\"fromMs\":1795495860123,\"toMs\":1795499460123}");
    }

    @Test
    void theRequiredFieldsSufficeAndATransactionIsOneMessageToOneRecipient() {
        assertThat(json.read(bytes(REQUIRED)))
                .isEqualTo(new ConnectionEvent(
                        true,
                        "mx1",
                        ConnectionEvent.NO_SEQ,
                        AT_MS,
                        "203.0.113.7",
                        ClientAddress.parse("203.0.113.7").sender(),
                        Outcome.ADMITTED,
                        1,
                        1,
                        0,
                        0,
                        0,
                        false,
                        null,
                        Facts.NONE));
    }

    @Test
    void aConnectionIsNoMessage() {
        ConnectionEvent event = connectionEvent(REQUIRED.replace("transaction", "connection"));
        assertThat(event.transaction()).isFalse();
        assertThat(event.messages()).isZero();
        assertThat(event.recipients()).isZero();
    }

    @Test
    void unknownFieldsAreIgnoredWhateverTheyHold() {
        assertThat(json.read(
                        bytes(with("\"later\":{\"v\":2,\"edge\":[1,{\"kind\":null}]},\"more\":[[],\"x\",1.5,true]"))))
                .isEqualTo(json.read(bytes(REQUIRED)));
    }

    @Test
    void theLastOfARepeatedFieldCounts() {
        assertThat(connectionEvent(with("\"recipients\":5,\"recipients\":7")).recipients())
                .isEqualTo(7);
    }

    @Test
    void nullIsAbsent() {
        assertThat(json.read(bytes(with("\"pool\":null,\"edgeSeq\":null,\"recipients\":null,\"nullSender\":null,"
                        + "\"helo\":null,\"bytes\":null,\"exemptBy\":null"))))
                .isEqualTo(json.read(bytes(REQUIRED)));
    }

    @Test
    void addressesArriveCanonical() {
        ConnectionEvent mapped = connectionEvent(REQUIRED.replace("203.0.113.7", "::ffff:203.0.113.7"));
        assertThat(mapped.clientAddress()).isEqualTo("203.0.113.7");
        assertThat(mapped.sender()).isEqualTo(ClientAddress.parse("203.0.113.7").sender());
    }

    @Test
    void thePrefixThatMakesASenderIsAParameter() {
        String event = REQUIRED.replace("203.0.113.7", "2001:db8:1:2:3::1");
        ConnectionEvent wide = (ConnectionEvent) new EventJson(56).read(bytes(event));
        assertThat(wide.sender().text()).isEqualTo("2001:db8:1::/56");
        assertThat(connectionEvent(event).sender().text()).isEqualTo("2001:db8:1:2::/64");
        assertThatThrownBy(() -> new EventJson(32)).hasMessage("IPv6 sender prefix must be 48 to 128, got 32");
    }

    @Test
    void privateAddressesAreExemptUnlessTheEdgeSaysMore() {
        String event = REQUIRED.replace("203.0.113.7", "10.1.2.3");
        assertThat(connectionEvent(event).exemptBy()).isEqualTo("private-address");
        assertThat(connectionEvent(event.replace("\"v\":1", "\"v\":1,\"exemptBy\":\"connector:hq\""))
                        .exemptBy())
                .isEqualTo("connector:hq");
        assertThat(connectionEvent(event.replace("\"v\":1", "\"v\":1,\"pool\":\"relays\""))
                        .exemptBy())
                .isNull();
    }

    @Test
    void longFactsAreCutAndOddCharactersReplaced() {
        ConnectionEvent event = connectionEvent(with("\"helo\":\"" + "h".repeat(600)
                + "\",\"clientName\":\"a\\u001b[31m\\ud800b\\ud83d\\ude00\",\"senderDomain\":\""
                + "d".repeat(511) + "\\ud83d\\ude00\""));
        assertThat(event.facts().helo()).isEqualTo("h".repeat(512));
        assertThat(event.facts().clientName()).isEqualTo("a\uFFFD[31m\uFFFDb\uD83D\uDE00");
        assertThat(event.facts().senderDomain()).isEqualTo("d".repeat(511) + "\uFFFD");
    }

    @Test
    void theLargestFactsStillMakeARecordThatCanBeRead() {
        String odd = "\u0001".repeat(2000);
        ConnectionEvent full = Samples.TRANSACTION;
        ConnectionEvent large = new ConnectionEvent(
                true,
                "\u20ac".repeat(255),
                Long.MAX_VALUE,
                AT_MS,
                full.clientAddress(),
                full.sender(),
                full.outcome(),
                1,
                1,
                1,
                1,
                Long.MAX_VALUE,
                true,
                odd,
                new Facts(odd, odd, odd, odd, odd, odd, odd));
        ConnectionEvent read = (ConnectionEvent) json.read(json.write(large));
        assertThat(read.facts().helo()).isEqualTo("\uFFFD".repeat(512));
        assertThat(read.edgeSeq()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        assertThatThrownBy(() -> json.write(new RulesChange(" ", AT_MS, Map.of())))
                .hasMessage("edge must have 1 to 255 characters and no control characters, got ' '");
        assertThatThrownBy(() -> json.write(new RulesChange("mx\ud800", AT_MS, Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> json.write(new RulesChange("mx", AT_MS, Map.of("a", "b\u0000"))))
                .hasMessageEndingWith("without control characters, got a");
        Map<String, String> large =
                Map.of("a", "x".repeat(4096), "b", "x".repeat(4096), "c", "x".repeat(4096), "d", "x".repeat(4096));
        assertThatThrownBy(() -> json.write(new RulesChange("mx", AT_MS, large)))
                .hasMessageStartingWith("a record may have 16384 bytes, got ");
    }

    @Test
    void aRecordMayHave16KibibytesAndNoMore() {
        byte[] full = bytes(REQUIRED + " ".repeat(EventJson.MAX_BYTES - REQUIRED.length()));
        assertThat(json.read(full)).isEqualTo(json.read(bytes(REQUIRED)));
        assertThatThrownBy(() -> json.read(bytes(" " + new String(full, StandardCharsets.UTF_8))))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage("a record may have 16384 bytes, got 16385");
    }

    private static Amendment amendment(SenderKey sender) {
        return new Amendment("filter", ConnectionEvent.NO_SEQ, AT_MS, sender, AT_MS - 60_000, 1, 0);
    }

    private void assertGolden(WeirEvent event, String golden) {
        assertThat(text(json.write(event))).isEqualTo(golden);
        assertThat(json.read(bytes(golden))).isEqualTo(event);
    }

    private ConnectionEvent connectionEvent(String text) {
        return (ConnectionEvent) json.read(bytes(text));
    }

    private static String with(String fields) {
        return REQUIRED.replace("{", "{" + fields + ",");
    }
}
