package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.EdgeSettings;
import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;
import org.junit.jupiter.api.Test;

class ReplyTemplateTest {
    private static final ClientAddress CLIENT = ClientAddress.parse("203.0.113.7");
    private static final Verdict VERDICT = Verdicts.throttle("203.0.113.7", 1, 2);

    @Test
    void theDefaultSaysWhatItIsAboutAndWhereToAsk() {
        ReplyTemplate reply = new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, "https://postmaster.example.org/help");
        assertThat(reply.defer(CLIENT, VERDICT))
                .isEqualTo(
                        "451 4.7.500 [203.0.113.7] temporarily rate limited: volume above its usual. Keep queued and retry."
                                + " https://postmaster.example.org/help/K7Q2MKX4A9PD31WZ (AS510)");
        assertThat(reply.warn(CLIENT, VERDICT)).startsWith("WARN would defer: 4.7.500 [203.0.113.7] ");
    }

    @Test
    void aSiteMayChooseOneStatusCodeForAll() {
        ReplyTemplate reply = new ReplyTemplate("{reason} (AS{as})", "", "4.7.0");
        assertThat(reply.defer(CLIENT, VERDICT)).isEqualTo("451 4.7.0 volume above its usual (AS510)");
        assertThat(reply.warn(CLIENT, VERDICT)).isEqualTo("WARN would defer: 4.7.0 volume above its usual (AS510)");
    }

    @Test
    void withoutAHelpUrlItNamesTheCase() {
        assertThat(new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, "").defer(CLIENT, VERDICT))
                .endsWith("Keep queued and retry. K7Q2MKX4A9PD31WZ (AS510)");
    }

    @Test
    void figuresAreThereForWhoWantsThem() {
        assertThat(new ReplyTemplate("{observed} of {allowance}, {case}", "").defer(CLIENT, VERDICT))
                .isEqualTo("451 4.7.500 4200 of 600, K7Q2MKX4A9PD31WZ");
    }

    @Test
    void itNeverExceedsItsBound() {
        ClientAddress longest = ClientAddress.parse("2001:db8:1111:2222:3333:4444:5555:6666");
        String help = "https://" + "x".repeat(56);
        ReplyTemplate reply = new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, help);
        assertThat(reply.defer(longest, VERDICT).length()).isLessThanOrEqualTo(12 + ReplyTemplate.MAX_TEXT);
        ReplyTemplate verbose = new ReplyTemplate("x".repeat(150) + "{help}", help);
        assertThat(verbose.defer(CLIENT, VERDICT)).hasSize(12 + ReplyTemplate.MAX_TEXT);
    }

    @Test
    void anOverrideHasNoCase() {
        OperatorOverride override =
                new OperatorOverride("203.0.113.7", OperatorOverride.Action.THROTTLE, 0, "ops", "abuse", 1, 2);
        assertThat(new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, "https://p.example.org/help").defer(CLIENT, override))
                .isEqualTo(
                        "451 4.7.507 [203.0.113.7] temporarily rate limited: limited by the postmaster. Keep queued and"
                                + " retry. https://p.example.org/help (AS517)");
    }
}
