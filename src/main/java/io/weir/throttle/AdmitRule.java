package io.weir.throttle;

import io.weir.model.SenderKey;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Which attempts of a throttled sender pass: those whose place on a circle falls below the admit fraction.
 *
 * <p>An envelope's place is a keyed hash, so that edges agree without talking and nobody can choose an envelope that
 * passes. Each slot turns the circle by the golden ratio's fraction: of all steps this spreads an envelope's places most
 * evenly (the Kronecker sequence of lowest discrepancy), so each waiting message gets its turn within about
 * 2 / fraction slots.
 */
public final class AdmitRule {
    private static final double TURN = 0.6180339887498949;
    private static final double UNIT = 0x1p-53;
    private static final int LONGEST_PART = 512;

    private final SipHash hash;

    /** @param siteSecret the same at all edges of a site; at least 16 bytes */
    public AdmitRule(byte[] siteSecret) {
        this.hash = new SipHash(siteSecret);
    }

    /** The number that stands for an envelope: nothing of it can be read back. */
    public long envelope(SenderKey sender, String mailFrom, String firstRecipient) {
        String text = sender.text() + '\n' + part(mailFrom) + '\n' + part(firstRecipient);
        return hash.hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the envelope passes in the slot of {@code nowMs} at this admit fraction. */
    public static boolean admits(long envelope, long nowMs, double fraction) {
        double place = (envelope >>> 11) * UNIT + nowMs / Horizon.SLOT_MS * TURN % 1.0;
        return place % 1.0 < fraction;
    }

    private static String part(String text) {
        String bounded = text.length() > LONGEST_PART ? text.substring(0, LONGEST_PART) : text;
        return bounded.toLowerCase(Locale.ROOT);
    }
}
