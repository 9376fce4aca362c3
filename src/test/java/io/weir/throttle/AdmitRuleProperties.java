package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AdmitRuleProperties {
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();
    private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;

    @Property(tries = 300)
    void allEdgesOfASiteAgree(
            @ForAll @Size(min = 16, max = 64) byte[] secret,
            @ForAll String mailFrom,
            @ForAll String recipient,
            @ForAll @LongRange(min = 0, max = 4_000_000) long minute,
            @ForAll @DoubleRange(min = 0, max = 1) double fraction) {
        long now = minute * Horizon.SLOT_MS;
        long one = new AdmitRule(secret.clone()).envelope(SENDER, mailFrom, recipient);
        long other = new AdmitRule(secret.clone()).envelope(SENDER, mailFrom, recipient);
        assertThat(other).isEqualTo(one);
        assertThat(AdmitRule.admits(other, now + Horizon.SLOT_MS - 1, fraction))
                .isEqualTo(AdmitRule.admits(one, now, fraction));
    }

    /** Places are as good as drawn by lot, so their number spreads as a binomial does: five deviations. */
    @Property(tries = 100)
    void ofManyEnvelopesInASlotTheFractionPasses(
            @ForAll @Size(16) byte[] secret,
            @ForAll @LongRange(min = 0, max = 4_000_000) long minute,
            @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        AdmitRule rule = new AdmitRule(secret);
        int envelopes = 2_000;
        int admitted = 0;
        for (int i = 0; i < envelopes; i++) {
            long envelope = rule.envelope(SENDER, "news@example.org", "reader" + i + "@example.net");
            admitted += AdmitRule.admits(envelope, minute * Horizon.SLOT_MS, fraction) ? 1 : 0;
        }
        double deviation = Math.sqrt(envelopes * fraction * (1 - fraction));
        assertThat(Math.abs(admitted - envelopes * fraction)).isLessThanOrEqualTo(1 + 5 * deviation);
    }

    /**
     * The discrepancy bound: n is a sum of at most 2 + log(n) / 2 Fibonacci numbers, base the golden ratio, and over as
     * many slots in a row as a Fibonacci number the count is less than 2 off.
     */
    @Property(tries = 200)
    void overSlotsInARowTheCountIsWithinALogarithmOfTheFraction(
            @ForAll long envelope,
            @ForAll @LongRange(min = 0, max = 4_000_000) long minute,
            @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        int admitted = 0;
        for (int n = 1; n <= 3_000; n++) {
            admitted += AdmitRule.admits(envelope, (minute + n) * Horizon.SLOT_MS, fraction) ? 1 : 0;
            assertThat(Math.abs(admitted - n * fraction)).isLessThan(4 + Math.log(n) / Math.log(GOLDEN));
        }
    }

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
