package io.weir.simulate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @Test
    void aRangeIsDrawnFromEvenly() {
        Range range = Range.parse("10..30");
        assertThat(range.number(0)).isEqualTo(10);
        assertThat(range.number(0.25)).isEqualTo(15);
        assertThat(range.whole(0.999999)).isEqualTo(30);
        assertThat(Range.parse("7").number(0.3)).isEqualTo(7);
    }

    @Test
    void aLogarithmicRangeIsDrawnFromByItsLogarithm() {
        assertThat(Range.parse("10..1000 log").number(0.5)).isEqualTo(100);
        assertThat(Range.parse("10..1000 log").whole(0.5)).isEqualTo(100);
    }

    @Test
    void eachWholeNumberIsAsLikely() {
        Range range = Range.parse("1..4");
        int[] times = new int[5];
        for (int i = 0; i < 1_000; i++) {
            times[range.whole(i / 1_000.0)]++;
        }
        assertThat(times).containsExactly(0, 250, 250, 250, 250);
    }

    @Test
    void wordsAreChosenAmong() {
        Range range = Range.parse("postfix, exim");
        assertThat(range.isNumber()).isFalse();
        assertThat(range.word(0.49)).isEqualTo("postfix");
        assertThat(range.word(0.51)).isEqualTo("exim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"30..10", "1..2..3", "0..5 log", "a..b", "x log"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> Range.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a range: '" + text + "'");
    }

    @Test
    void aFamilysOwnRangeGoesBeforeItsGroupsAndTheCommonOne() {
        Ranges ranges = Ranges.shipped();
        assertThat(ranges.of("hijacked-x20", "factor")).isEqualTo(Range.parse("20"));
        assertThat(ranges.of("hijacked-x20", "hours")).isEqualTo(Range.parse("2..12"));
        assertThat(ranges.of("hijacked-x20", "cluster")).isEqualTo(Range.parse("1..3"));
        assertThatThrownBy(() -> ranges.of("hijacked-x20", "colour")).hasMessage("no range of colour for hijacked-x20");
    }

    @Test
    void noSeedIsBothTunedByAndReported() {
        Ranges ranges = Ranges.shipped();
        assertThat(ranges.tuningSeeds()).isNotEmpty().doesNotContainAnyElementsOf(ranges.reportingSeeds());
        assertThat(ranges.reportingSeeds()).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void aDrawDependsOnSeedAndNameAlone() {
        Draw one = new Draw(Ranges.shipped(), "steady", 7);
        Draw other = new Draw(Ranges.shipped(), "steady", 7);
        double perDay = one.number("per-day", 2);
        other.number("cluster");
        assertThat(other.number("per-day", 2)).isEqualTo(perDay);
        assertThat(new Draw(Ranges.shipped(), "steady", 8).number("per-day", 2)).isNotEqualTo(perDay);
        assertThat(new Draw(Ranges.shipped(), "diurnal", 7).number("per-day", 2))
                .isNotEqualTo(perDay);
        assertThat(other.drawn()).containsOnlyKeys("cluster", "per-day.2");
    }
}
