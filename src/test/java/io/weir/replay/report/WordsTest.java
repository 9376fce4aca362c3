package io.weir.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void spansAreRoundedAsPeopleSayThem() {
        assertThat(Words.span(0)).isEqualTo("0 ms");
        assertThat(Words.span(42_000)).isEqualTo("42 s");
        assertThat(Words.span(59 * 60_000)).isEqualTo("59 min");
        assertThat(Words.span(80 * 60_000)).isEqualTo("1 h 20 min");
        assertThat(Words.span(3 * 3_600_000)).isEqualTo("3 h");
        assertThat(Words.span(60 * 3_600_000)).isEqualTo("2.5 days");
        assertThat(Words.span(72 * 3_600_000)).isEqualTo("3 days");
    }

    @Test
    void smallSharesAreNotNothing() {
        assertThat(Words.share(0, 10)).isEqualTo("0%");
        assertThat(Words.share(1, 1_000_000)).isEqualTo("under 0.01%");
        assertThat(Words.share(1, 200)).isEqualTo("0.50%");
        assertThat(Words.share(1, 3)).isEqualTo("33.3%");
        assertThat(Words.share(0, 0)).isEqualTo("0%");
    }
}
