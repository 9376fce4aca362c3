package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures exact = new Figures(true);
    private final Figures bands = new Figures(false);

    @Test
    void exactFiguresAreExact() {
        assertThat(exact.volume(4_237)).isEqualTo("4,237");
        assertThat(exact.allowed(4_237)).isEqualTo("4,237");
    }

    @Test
    void bandsAreSixToAPowerOfTen() {
        assertThat(bands.volume(0)).isEqualTo("none");
        assertThat(bands.volume(9)).isEqualTo("under 10");
        assertThat(bands.volume(10)).isEqualTo("10 to 15");
        assertThat(bands.volume(19)).isEqualTo("15 to 20");
        assertThat(bands.volume(4_237)).isEqualTo("3,000 to 5,000");
        assertThat(bands.volume(99_999)).isEqualTo("70,000 to 100,000");
        assertThat(bands.volume(Long.MAX_VALUE)).isEqualTo("1,000,000,000,000,000 to 1,500,000,000,000,000");
    }

    @Property
    void nobodyIsToldToSendMoreThanAllowed(@ForAll @LongRange(min = 0, max = 10_000_000) long allowed) {
        long told = Long.parseLong(bands.allowed(allowed).replace(",", ""));
        assertThat(told).isLessThanOrEqualTo(allowed);
        assertThat(told).isGreaterThanOrEqualTo(allowed * 3 / 5);
    }

    @Test
    void sharesKeepTheirSmallParts() {
        assertThat(Figures.share(0.12)).isEqualTo("12%");
        assertThat(Figures.share(0.1)).isEqualTo("10%");
        assertThat(Figures.share(1)).isEqualTo("100%");
        assertThat(Figures.share(0.001)).isEqualTo("0.1%");
        assertThat(Figures.share(0.0001)).isEqualTo("0.01%");
    }

    @Test
    void aRampDayBeginsAtOne() {
        long halfPastMidnight = 1_795_480_200_000L;
        assertThat(Figures.time(halfPastMidnight)).isEqualTo("24 Nov 2026 00:30 UTC");
        assertThat(Figures.rampDay(halfPastMidnight, 0)).isEqualTo("Mon 23 Nov");
        assertThat(Figures.rampDay(halfPastMidnight + 3_600_000, 1)).isEqualTo("Wed 25 Nov");
    }
}
