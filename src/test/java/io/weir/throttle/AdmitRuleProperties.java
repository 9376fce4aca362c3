package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class AdmitRuleProperties {
    /** Three gaps at most lie between points of a Kronecker sequence; the golden ratio's are the shortest. */
    @Property(tries = 300)
    void eachEnvelopeGetsItsTurnWithinAboutTwoOverTheFraction(
            @ForAll long envelope,
            @ForAll @LongRange(min = 0, max = 4_000_000) long minute,
            @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        long waited = 0;
        while (!AdmitRule.admits(envelope, (minute + waited) * Horizon.SLOT_MS, fraction)) {
            waited++;
            assertThat((double) waited).isLessThanOrEqualTo(3 / fraction);
        }
    }

    @Property(tries = 100)
    void overADayItsShareIsTheFraction(
            @ForAll long envelope, @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        long admitted = 0;
        for (long slot = 0; slot < 1440; slot++) {
            admitted += AdmitRule.admits(envelope, slot * Horizon.SLOT_MS, fraction) ? 1 : 0;
        }
        assertThat(admitted / 1440.0).isBetween(fraction - 0.005, fraction + 0.005);
    }

    @Property(tries = 300)
    void aLargerFractionAdmitsWhateverASmallerOneDoes(
            @ForAll long envelope,
            @ForAll @LongRange(min = 0, max = 4_000_000) long minute,
            @ForAll @DoubleRange(min = 0.01, max = 1) double one,
            @ForAll @DoubleRange(min = 0.01, max = 1) double other) {
        long now = minute * Horizon.SLOT_MS;
        if (AdmitRule.admits(envelope, now, Math.min(one, other))) {
            assertThat(AdmitRule.admits(envelope, now, Math.max(one, other))).isTrue();
        }
    }
}
