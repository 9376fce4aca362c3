package io.weir.serde;

import static io.weir.serde.Samples.bytes;
import static io.weir.serde.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictJsonTest {
    private static final String GOLDEN =
            "{\"v\":1,\"client\":\"203.0.113.7\",\"action\":\"throttle\",\"mode\":\"enforce\",\"admit\":0.12,"
                    + "\"replyCode\":451,\"enhancedStatusCode\":\"4.7.500\",\"as\":510,\"reason\":\"volume-surge\","
                    + "\"case\":\"K7Q2MKX4A9PD31WZ\",\"horizon\":\"PT1H\",\"observed\":4200,\"record\":300,"
                    + "\"allowance\":600,\"exempt\":[],\"decidedAtMs\":1795503060123,\"expiresAtMs\":1795503960000,"
                    + "\"seq\":1795503060123,\"rules\":\"c0ffee12\"}";

    @Test
    void golden() {
        assertThat(text(VerdictJson.write(Samples.VERDICT))).isEqualTo(GOLDEN);
        assertThat(VerdictJson.read(bytes(GOLDEN))).isEqualTo(Samples.VERDICT);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "0.01,0.01",
        "0.5,0.5",
        "0.33333333,0.3333",
        "0.66666,0.6667",
        "0.00004,0",
        "0.99996,1",
        "0.1001,0.1001",
        "1e-4,0.0001"
    })
    void theAdmitFractionHasFourDecimalsAtMost(double admit, String written) {
        String json = text(VerdictJson.write(Samples.verdict(admit, 3_600_000, List.of())));
        assertThat(json).contains("\"admit\":" + written + ",");
    }

    @ParameterizedTest
    @CsvSource({"300000,PT5M", "3600000,PT1H", "86400000,P1D", "604800000,P7D", "5400000,PT1H30M", "1,PT0.001S"})
    void theHorizonIsAnIsoDuration(long horizonMs, String written) {
        byte[] json = VerdictJson.write(Samples.verdict(0.5, horizonMs, List.of()));
        assertThat(text(json)).contains("\"horizon\":\"" + written + "\"");
        assertThat(VerdictJson.read(json).horizonMs()).isEqualTo(horizonMs);
    }

    @Test
    void exemptSendersAreListed() {
        Verdict verdict = Samples.verdict(0.5, 300_000, List.of("203.0.113.9", "pool:acme"));
        byte[] json = VerdictJson.write(verdict);
        assertThat(text(json)).contains("\"exempt\":[\"203.0.113.9\",\"pool:acme\"]");
        assertThat(VerdictJson.read(json)).isEqualTo(verdict);
    }

    @Test
    void exemptMayBeAbsentAndUnknownFieldsAreIgnored() {
        String older = GOLDEN.replace("\"exempt\":[],", "\"later\":{\"client\":[1]},");
        assertThat(VerdictJson.read(bytes(older))).isEqualTo(Samples.VERDICT);
    }

    @Test
    void exemptSendersAreBounded() {
        List<String> most = Collections.nCopies(VerdictJson.MAX_EXEMPT, "203.0.113.9");
        assertThat(VerdictJson.read(VerdictJson.write(Samples.verdict(1, 1, most)))
                        .exempt())
                .isEqualTo(most);
        List<String> more = Collections.nCopies(VerdictJson.MAX_EXEMPT + 1, "203.0.113.9");
        assertThatThrownBy(() -> VerdictJson.write(Samples.verdict(1, 1, more)))
                .hasMessage("a verdict may list 1024 exempt senders, got 1025");
        String tooMany = GOLDEN.replace("[]", "[" + "\"a\",".repeat(VerdictJson.MAX_EXEMPT) + "\"a\"]");
        assertThatThrownBy(() -> VerdictJson.read(bytes(tooMany)))
                .isInstanceOf(MalformedVerdictException.class)
                .hasMessage("exempt may list 1024 senders");
        List<String> wide = Collections.nCopies(VerdictJson.MAX_EXEMPT, "2".repeat(128));
        assertThatThrownBy(() -> VerdictJson.write(Samples.verdict(1, 1, wide)))
                .hasMessageStartingWith("a verdict may have 65536 bytes, got ");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "-0.1", "1.1"})
    void aFractionThatIsNoneIsNotWritten(double admit) {
        assertThatThrownBy(() -> VerdictJson.write(Samples.verdict(admit, 1, List.of())))
                .hasMessage("admit must be 0 to 1, got " + admit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v|2|v must be an integer from 1 to 1, got 2",
                "action|'block'|action must be one of throttle, allow, got 'block'",
                "mode|'on'|mode must be one of shadow, enforce, got 'on'",
                "admit|1.5|admit must be a number from 0 to 1, got 1.5",
                "admit|1e99|admit must be a number from 0 to 1, got 1e99",
                "admit|'1'|admit must be a number, got a string",
                "admit|null|required field admit is missing",
                "replyCode|250|replyCode must be an integer from 400 to 599, got 250",
                "horizon|'1h'|horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got '1h'",
                "horizon|'PT0S'|horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got 'PT0S'",
                "horizon|'-PT1H'|horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got '-PT1H'",
                "horizon|'P400D'|horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got 'P400D'",
                "horizon|'PT9999999999999999999H'|horizon must be an ISO 8601 duration such as PT5M, PT1H or P1D, got 'PT9999999999999999999H'",
                "exempt|'a'|exempt must be an array, got a string",
                "exempt|[1]|exempt must be a string, got an integer",
                "exempt|[null]|required field exempt is missing",
                "client|''|client must have 1 to 160 characters and no control characters, got ''",
                "seq|-1|seq must be an integer from 0 to 9223372036854775807, got -1",
            })
    void aBadValueIsNamed(String field, String value, String message) {
        String bad = GOLDEN.substring(0, GOLDEN.length() - 1) + ",\"" + field + "\":" + value.replace('\'', '"') + "}";
        assertThatThrownBy(() -> VerdictJson.read(bytes(bad)))
                .isInstanceOf(MalformedVerdictException.class)
                .hasMessage(message);
    }
}
