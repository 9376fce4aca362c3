package io.weir.serde;

import static io.weir.serde.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal names the field and what is allowed. */
class MalformedEventTest {
    private static final String EVENT = "{'v':1,'kind':'transaction','edge':'mx1','occurredAtMs':1795503060123,"
            + "'clientAddress':'203.0.113.7','outcome':'admitted'}";

    private final EventJson json = new EventJson();

    /** A field with this value in an event that is otherwise right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v|2|v must be an integer from 1 to 1, got 2",
                "v|'1'|v must be an integer, got a string",
                "v|1.0|v must be an integer, got a number with a fraction",
                "v|null|required field v is missing",
                "kind|'mail'|kind must be one of transaction, connection, amend, rules, gap, brake, got 'mail'",
                "kind|7|kind must be a string, got an integer",
                "kind|null|required field kind is missing",
                "edge|''|edge must have 1 to 255 characters and no control characters, got ''",
                "edge|' '|edge must have 1 to 255 characters and no control characters, got ' '",
                "edge|'a\\u0007'|edge must have 1 to 255 characters and no control characters, got 'a\uFFFD'",
                "edge|'\\udc00'|edge must have 1 to 255 characters and no control characters, got '\uFFFD'",
                "edge|null|required field edge is missing",
                "edge|['mx1']|edge must be a string, got an array",
                "edgeSeq|-1|edgeSeq must be an integer from 0 to 9223372036854775807, got -1",
                "edgeSeq|9223372036854775808|edgeSeq must be an integer from 0 to 9223372036854775807, got 9223372036854775808",
                "occurredAtMs|-1|occurredAtMs must be an integer from 0 to 253402300799999, got -1",
                "occurredAtMs|253402300800000|occurredAtMs must be an integer from 0 to 253402300799999, got 253402300800000",
                "occurredAtMs|'now'|occurredAtMs must be an integer, got a string",
                "occurredAtMs|null|required field occurredAtMs is missing",
                "clientAddress|'203.0.113.256'|clientAddress must be one IPv4 or IPv6 address, got '203.0.113.256'",
                "clientAddress|'203.0.113.0/24'|clientAddress must be one IPv4 or IPv6 address, got '203.0.113.0/24'",
                "clientAddress|'mx.example.org'|clientAddress must be one IPv4 or IPv6 address, got 'mx.example.org'",
                "clientAddress|{}|clientAddress must be a string, got an object",
                "clientAddress|null|required field clientAddress is missing",
                "pool|' '|pool must have 1 to 64 characters and no control characters, got ' '",
                "pool|true|pool must be a string, got a truth value",
                "outcome|'ok'|outcome must be one of admitted, deferred, rejected, abandoned, unknown, got 'ok'",
                "outcome|null|required field outcome is missing",
                "messages|1000001|messages must be an integer from 0 to 1000000, got 1000001",
                "recipients|-1|recipients must be an integer from 0 to 1000000, got -1",
                "recipients|1e3|recipients must be an integer, got a number with a fraction",
                "retries|2|retries and wouldDefer are parts of recipients (1), got 2 and 0",
                "wouldDefer|2|retries and wouldDefer are parts of recipients (1), got 0 and 2",
                "bytes|-5|bytes must be an integer from 0 to 9223372036854775807, got -5",
                "nullSender|1|nullSender must be true or false, got an integer",
                "helo|1|helo must be a string, got an integer",
            })
    void aBadValueIsNamed(String field, String value, String message) {
        assertMalformed(withField(EVENT, field, value), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'kind':'amend','edge':'f','occurredAtMs':9,'clientAddress':'192.0.2.1'|required field refTimeMs is missing",
                "'kind':'amend','edge':'f','occurredAtMs':9,'refTimeMs':8|required field clientAddress is missing",
                "'kind':'amend','edge':'f','occurredAtMs':9,'refTimeMs':10,'pool':'p'|refTimeMs must lie between 0 and occurredAtMs, got 10",
                "'kind':'rules','edge':'f','occurredAtMs':9|required field settings is missing",
                "'kind':'rules','edge':'f','occurredAtMs':9,'settings':[]|settings must be an object, got an array",
                "'kind':'rules','edge':'f','occurredAtMs':9,'settings':{'growth':2}|settings.growth must be a string, got an integer",
                "'kind':'rules','edge':'f','occurredAtMs':9,'settings':{'a':null}|a setting must not be null, got settings.a",
                "'kind':'gap','edge':'f','occurredAtMs':9,'toMs':8|required field fromMs is missing",
                "'kind':'gap','edge':'f','occurredAtMs':9,'fromMs':8|required field toMs is missing",
                "'kind':'gap','edge':'f','occurredAtMs':9,'fromMs':8,'toMs':7|a gap must end after it began, got 8 to 7",
                "'kind':'brake','edge':'f','occurredAtMs':9|required field on is missing",
                "'kind':'brake','edge':'f','occurredAtMs':9,'on':'yes'|on must be true or false, got a string",
            })
    void otherKindsHaveTheirOwnRequiredFields(String fields, String message) {
        assertMalformed("{'v':1," + fields + "}", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "[]", "null", "\uFEFF{}", "x{}", "{\u0000\"v\":1}"})
    void anythingButOneObjectIsRefused(String text) {
        assertMalformed(text, "a record must be one JSON object in UTF-8");
    }

    @Test
    void onlyUtf8IsRead() {
        byte[] utf16 = EVENT.replace('\'', '"').getBytes(StandardCharsets.UTF_16LE);
        byte[] utf32 = EVENT.replace('\'', '"').getBytes(java.nio.charset.Charset.forName("UTF-32LE"));
        for (byte[] other : new byte[][] {utf16, utf32}) {
            assertThatThrownBy(() -> json.read(other))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("a record must be one JSON object in UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{ ", "{'v'", "{'v':1,}", "{'v':1", "{'v':01}", "{'a':[1,{'b':", "{'edge':'\\u12'}", "{v:1}"})
    void brokenJsonIsRefused(String text) {
        Throwable refusal = catchThrowable(() -> json.read(bytes(text.replace('\'', '"'))));
        assertThat(refusal).isInstanceOf(MalformedEventException.class).hasMessageStartingWith("not JSON: ");
    }

    @Test
    void nothingMayFollow() {
        assertMalformed(EVENT + "{}", "nothing may follow the JSON object");
    }

    @Test
    void nestingIsBounded() {
        assertMalformedStartsWith(withField(EVENT, "x", "[".repeat(5000) + "]".repeat(5000)), "not JSON: ");
        assertThat(json.read(bytes(withField(EVENT, "x", "[".repeat(15) + "]".repeat(15)))))
                .isEqualTo(json.read(bytes(EVENT.replace('\'', '"'))));
    }

    @Test
    void namesAreBounded() {
        assertMalformedStartsWith(withField(EVENT, "edge", "'" + "e".repeat(256) + "'"), "edge must have 1 to 255");
        assertMalformedStartsWith(withField(EVENT, "pool", "'" + "p".repeat(65) + "'"), "pool must have 1 to 64");
    }

    @Test
    void settingsAreBounded() {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i <= 512; i++) {
            many.append(i == 0 ? "" : ",").append("'k").append(i).append("':''");
        }
        String rules = "{'v':1,'kind':'rules','edge':'f','occurredAtMs':9,'settings':";
        assertMalformed(rules + many + "}}", "settings may have 512 entries");
        assertMalformedStartsWith(
                rules + "{'k':'" + "x".repeat(4097) + "'}}", "a setting must have a name of 1 to 255 and a value of");
    }

    @Test
    void messagesRepeatLittleOfTheInput() {
        String secret = "s3cret".repeat(200);
        String number = "12345678".repeat(100);
        for (String field : new String[] {"v", "kind", "edge", "occurredAtMs", "clientAddress", "pool", "outcome"}) {
            for (String value : new String[] {"'" + secret + "'", secret, number, "-" + number, "1" + secret}) {
                Throwable refusal = catchThrowable(() -> json.read(bytes(withField(EVENT, field, value))));
                assertThat(refusal).isInstanceOf(MalformedEventException.class);
                assertThat(longestEcho(refusal.getMessage(), secret)).isLessThanOrEqualTo(60);
                assertThat(longestEcho(refusal.getMessage(), number)).isLessThanOrEqualTo(60);
            }
        }
    }

    @Test
    void refusalsAreCheap() {
        Throwable refusal = catchThrowable(() -> json.read(bytes("{}")));
        assertThat(refusal.getStackTrace()).isEmpty();
    }

    private static int longestEcho(String message, String input) {
        int length = 0;
        while (length < input.length() && message.contains(input.substring(0, length + 1))) {
            length++;
        }
        return length;
    }

    private static String withField(String event, String field, String value) {
        return (event.substring(0, event.length() - 1) + ",'" + field + "':" + value + "}").replace('\'', '"');
    }

    private void assertMalformed(String text, String message) {
        assertThatThrownBy(() -> json.read(bytes(text.replace('\'', '"'))))
                .isInstanceOf(MalformedEventException.class)
                .hasMessage(message);
    }

    private void assertMalformedStartsWith(String text, String message) {
        assertThatThrownBy(() -> json.read(bytes(text.replace('\'', '"'))))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith(message);
    }
}
