package io.weir.model;

/**
 * An operator's own verdict, or what an operator agreed to; a record on {@code smtp-overrides}.
 *
 * @param target address, CIDR or {@code pool:NAME}: the record's key
 * @param admit share of attempts to let through when throttled, 0 to 1
 * @param volume recipients a day that each sender of the target announced and may send, when planned; else 0
 * @param author who decided it
 * @param comment why
 * @param createdAtMs when it was decided
 * @param fromMs until this moment edges ignore it; 0 when it holds at once
 * @param expiresAtMs from this moment edges ignore it
 */
public record OperatorOverride(
        String target,
        Action action,
        double admit,
        long volume,
        String author,
        String comment,
        long createdAtMs,
        long fromMs,
        long expiresAtMs) {
    /** As many as edges obey at a time. */
    public static final int MOST = 10_000;

    /** What it does. */
    public enum Action {
        /** Its mail is deferred, but for a share. */
        THROTTLE("throttle"),
        /** Its mail passes. */
        ALLOW("allow"),
        /** Verdicts hold as before, and the engine is told of the volume with each event. */
        PLANNED("planned");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** One that allows or throttles, from now on. */
    public OperatorOverride(
            String target,
            Action action,
            double admit,
            String author,
            String comment,
            long createdAtMs,
            long expiresAtMs) {
        this(target, action, admit, 0, author, comment, createdAtMs, 0, expiresAtMs);
    }

    /** One that agrees to a volume. */
    public static OperatorOverride planned(
            String target, long volume, String author, String comment, long createdAtMs, long fromMs, long toMs) {
        return new OperatorOverride(target, Action.PLANNED, 1, volume, author, comment, createdAtMs, fromMs, toMs);
    }

    public OperatorOverride {
        if (admit < 0 || admit > 1) {
            throw new IllegalArgumentException("admit must be 0 to 1, got " + admit);
        }
        boolean isPlanned = action == Action.PLANNED;
        if (volume < 0 || volume > ConnectionEvent.MAX_PLANNED || isPlanned != volume > 0) {
            throw new IllegalArgumentException("volume must be 1 to " + ConnectionEvent.MAX_PLANNED
                    + " when planned and nothing else, got " + volume);
        }
    }

    /** Whether it counts. */
    public boolean holdsAt(long nowMs) {
        return nowMs >= fromMs && !isOverAt(nowMs);
    }

    /** Whether it will never count again. */
    public boolean isOverAt(long nowMs) {
        return nowMs >= expiresAtMs;
    }
}
