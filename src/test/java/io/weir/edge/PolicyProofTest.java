package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyProofTest {
    /** A partner's lock must not be spelled around. */
    @ParameterizedTest
    @CsvSource({
        "ceo@partner.example, partner.example",
        "ceo@Partner.EXAMPLE., partner.example",
        "'ceo@partner.example(x)', partner.example",
        "'ceo@partner.example ', partner.example",
        "ceo@bücher.example, xn--bcher-kva.example",
        "ceo@BÜCHER.example, xn--bcher-kva.example",
        "'\"a@b\"@partner.example', partner.example",
        "ceo@[203.0.113.7], ''",
        "'', ''",
    })
    void aDomainHasOneSpelling(String sender, String domain) {
        assertThat(PolicyProof.domain(sender)).isEqualTo(domain);
    }
}
