package io.weir.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.serde.ChangeJson;
import io.weir.serde.MalformedChangeException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverrideDraftTest {
    @Test
    void whatIsSignedIsInItsOneSpellingAndEnds() throws Exception {
        OperatorOverride override = read("{'target':'2001:DB8::/64','action':'throttle','for':'90m','comment':'why'}")
                .signed("mara", 1_000);
        assertThat(override)
                .isEqualTo(new OperatorOverride(
                        "2001:db8::/64", Action.THROTTLE, 0.01, "mara", "why", 1_000, 1_000 + 90 * 60_000));
        assertThat(RecordsJson.override(RecordsJson.of(override))).isEqualTo(override);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'target':7} | target must be text, got 7",
                "{'target':'x','action':'allow','for':'1d','comment':'y'} | target must be an address, a network such as"
                        + " 203.0.113.0/24 or pool:NAME, got 'x'",
                "{'target':'203.0.113.7','for':'1d','comment':'y'} | action must be allow, throttle or planned, got ''",
                "{'target':'203.0.113.7','action':'allow','for':'1d'} | comment must have 1 to 512 characters and no"
                        + " control characters",
                "{'target':'203.0.113.7','action':'allow','for':'1d','comment':'\\u0007'} | comment must have 1 to 512"
                        + " characters and no control characters",
                "{'target':'203.0.113.7','action':'allow','for':'1d','comment':'\\ud800'} | comment must have 1 to 512"
                        + " characters and no control characters",
                "{'target':'203.0.113.7','action':'allow','comment':'y'} | give for, such as 2d, or until",
                "{'target':'203.0.113.7','action':'allow','for':'1d','until':'2026-12-01T06:00Z','comment':'y'} | give for or"
                        + " until, not both",
                "{'target':'203.0.113.7','action':'allow','for':'1d','from':'tomorrow','comment':'y'} | from must be a time such"
                        + " as 2026-12-01T06:00Z, got 'tomorrow'",
                "{'target':'203.0.113.7','action':'allow','until':'+999999999-12-31T23:59Z','comment':'y'} | until must be a time"
                        + " such as 2026-12-01T06:00Z, got '+999999999-12-31T23:59Z'",
                "{'target':'203.0.113.7','action':'allow','from':'1970-02-02T06:00Z','until':'1970-02-02T06:00Z','comment':'y'} |"
                        + " until must be after from, got 1970-02-02T06:00Z",
                "{'target':'203.0.113.7','action':'allow','until':'1972-02-02T06:00Z','comment':'y'} | until may be a year after it"
                        + " begins, got 1972-02-02T06:00Z",
                "{'target':'203.0.113.7','action':'allow','from':'1972-02-02T06:00Z','for':'1d','comment':'y'} | from may be a"
                        + " year ahead, got 1972-02-02T06:00Z",
                "{'target':'203.0.113.0/24','action':'planned','volume':5,'for':'1d','comment':'y'} | 203.0.113.0/24 is wider than"
                        + " one sender, and a volume is planned for one: give an address, an IPv6 sender's prefix or pool:NAME",
                "{'target':'2001:db8::/47','action':'planned','volume':5,'for':'1d','comment':'y'} | 2001:db8::/47 is wider than"
                        + " one sender, and a volume is planned for one: give an address, an IPv6 sender's prefix or pool:NAME",
                "{'target':'203.0.113.7','action':'allow','for':'9000d','comment':'y'} | for must be a time such as 30m,"
                        + " 12h or 7d, a year at most, got '9000d'",
            })
    void whatCanMeanNothingIsNamed(String json, String message) {
        assertThatThrownBy(() -> read(json).signed("mara", 0))
                .isInstanceOf(OperatorException.class)
                .hasMessage(message);
    }

    @Test
    void aVolumeThatWasAnnouncedHoldsFromItsTimeOn() throws Exception {
        OperatorOverride planned = read("{'target':'203.0.113.7','action':'planned','volume':50000,"
                        + "'from':'1970-01-02T00:00:00Z','for':'1d','comment':'newsletter'}")
                .signed("mara", 1_000);
        assertThat(planned)
                .isEqualTo(OperatorOverride.planned(
                        "203.0.113.7", 50_000, "mara", "newsletter", 1_000, 86_400_000, 2 * 86_400_000));
        // A record says a share of what is throttled alone.
        assertThat(RecordsJson.override(RecordsJson.of(planned)))
                .usingRecursiveComparison()
                .ignoringFields("admit")
                .isEqualTo(planned);
        assertThatThrownBy(() -> read("{'target':'203.0.113.7','action':'allow','volume':5,'for':'1d','comment':'x'}")
                        .signed("mara", 0))
                .hasMessageStartingWith("volume must be 1 to ")
                .hasMessageEndingWith(" recipients a day with action planned, and with no other; got 5");
        assertThatThrownBy(() -> read("{'target':'203.0.113.7','action':'planned','volume':1.5}"))
                .hasMessage("volume must be a whole number, got '1.5'");
    }

    @Test
    void anOverrideMayEndAtAMoment() throws Exception {
        OperatorOverride until = read("{'target':'203.0.113.7','action':'allow','from':'1970-01-02T01:00+01:00',"
                        + "'until':'1970-01-03T00:00Z','comment':'why'}")
                .signed("mara", 1_000);
        assertThat(until.fromMs()).isEqualTo(86_400_000);
        assertThat(until.expiresAtMs()).isEqualTo(2 * 86_400_000);
        assertThat(
                        read("{'target':'203.0.113.7','action':'allow','from':'1970-01-01T00:00:01Z','until':'1970-01-02T00:00Z',"
                                        + "'comment':'x'}")
                                .signed("mara", 5_000)
                                .fromMs())
                .isZero();
    }

    @Test
    void aPlannedVolumeIsForOneSenderByTheRulesOfTheSite() {
        OverrideDraft.requireSender(planned("203.0.113.7"), 64);
        OverrideDraft.requireSender(planned("pool:acme"), 64);
        OverrideDraft.requireSender(planned("2001:db8:1:2::/64"), 64);
        OverrideDraft.requireSender(planned("2001:db8:1::/56"), 56);
        assertThatThrownBy(() -> OverrideDraft.requireSender(planned("2001:db8:1::/56"), 64))
                .hasMessageStartingWith("2001:db8:1::/56 is wider than one sender");
        assertThatThrownBy(() -> OverrideDraft.requireSender(planned("2001:db8::1"), 64))
                .hasMessageStartingWith("2001:db8::1 is a part of a sender");
        assertThatThrownBy(() -> OverrideDraft.requireSender(planned("203.0.113.0/31"), 64))
                .hasMessageStartingWith("203.0.113.0/31 is wider than one sender");
    }

    private static OperatorOverride planned(String target) {
        return OperatorOverride.planned(target, 5, "mara", "why", 1_000, 0, 86_400_000);
    }

    @Test
    void anAuthorIsFitForATerminal() {
        assertThatThrownBy(() -> new Signature("a\u001b[2J", "", 0))
                .hasMessage("author must have 1 to 128 characters and no control characters");
        assertThat(new Signature("Mara M\u00fcller \ud83d\ude00", "", 0).author())
                .isNotEmpty();
    }

    @Test
    void aChangeIsReadAsItWasWritten() {
        OperatorChange change = new OperatorChange(
                OperatorChange.Kind.CONNECTOR,
                "hq",
                OperatorChange.Action.PUT,
                "mara",
                "why",
                1_795_503_060_123L,
                "{\"name\":\"hq\",\"clientNetworks\":[\"192.0.2.0/28\"]}");
        assertThat(ChangeJson.read(ChangeJson.write(change))).isEqualTo(change);
        OperatorChange gone = new OperatorChange(
                OperatorChange.Kind.OVERRIDE, "203.0.113.7", OperatorChange.Action.DELETE, "ole", "", 5, null);
        assertThat(ChangeJson.read(ChangeJson.write(gone))).isEqualTo(gone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | required field v is missing",
                "{'v':1,'kind':'rule'} | kind must be one of override, connector, got 'rule'",
                "{'v':1,'kind':'override','key':'k','action':'put','author':'a','atMs':1} | required field record is missing",
                "{'v':1,'kind':'override','key':'k','action':'put','author':'a','atMs':1,'record':'x'} | record must be an"
                        + " object, got a string",
                "{'v':1,'kind':'override','key':'k','action':'delete','author':'a'} | required field atMs is missing",
            })
    void aBadChangeIsNamed(String json, String message) {
        assertThatThrownBy(() -> ChangeJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedChangeException.class)
                .hasMessage(message);
    }

    private static OverrideDraft read(String json) throws Exception {
        return OverrideDraft.read((ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
