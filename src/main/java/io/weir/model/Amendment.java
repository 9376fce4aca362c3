package io.weir.model;

/**
 * Later knowledge about earlier mail of one sender: from a content filter, a log or a feedback loop.
 *
 * @param refTimeMs when the mail in question was admitted
 * @param spam recipients of it that turned out to be spam
 * @param rejected recipients of it that were rejected after all
 */
public record Amendment(
        String edge, long edgeSeq, long occurredAtMs, SenderKey sender, long refTimeMs, int spam, int rejected)
        implements WeirEvent {
    public Amendment {
        if (spam < 0
                || rejected < 0
                || spam > ConnectionEvent.MAX_ATTEMPTS
                || rejected > ConnectionEvent.MAX_ATTEMPTS) {
            throw new IllegalArgumentException("spam and rejected must be 0 to " + ConnectionEvent.MAX_ATTEMPTS
                    + ", got " + spam + " and " + rejected);
        }
        if (refTimeMs < 0 || refTimeMs > occurredAtMs) {
            throw new IllegalArgumentException("refTimeMs must lie between 0 and occurredAtMs, got " + refTimeMs);
        }
    }
}
