package io.weir.model;

/**
 * An operator's own verdict; a record on {@code smtp-overrides}.
 *
 * @param target address, CIDR or {@code pool:NAME}: the record's key
 * @param admit share of attempts to let through when throttled, 0 to 1
 * @param author who decided it
 * @param comment why
 * @param createdAtMs when it was decided
 * @param expiresAtMs from this moment edges ignore it
 */
public record OperatorOverride(
        String target,
        Verdict.Action action,
        double admit,
        String author,
        String comment,
        long createdAtMs,
        long expiresAtMs) {
    /** As many as edges obey at a time. */
    public static final int MOST = 10_000;

    public OperatorOverride {
        if (admit < 0 || admit > 1) {
            throw new IllegalArgumentException("admit must be 0 to 1, got " + admit);
        }
    }

    /** Whether it still counts. */
    public boolean holdsAt(long nowMs) {
        return nowMs < expiresAtMs;
    }
}
