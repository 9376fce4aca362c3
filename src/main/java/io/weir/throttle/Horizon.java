package io.weir.throttle;

/** A span over which volume is judged. */
public enum Horizon {
    FIVE_MINUTES("5m", 5L * Horizon.SLOT_MS),
    HOUR("1h", 60L * Horizon.SLOT_MS),
    DAY("1d", 1440L * Horizon.SLOT_MS);

    /** Budgets leak and verdicts are reconsidered once per slot: an event-minute. */
    public static final long SLOT_MS = 60_000;

    private static final Horizon[] ALL = values();

    private final String label;
    private final long millis;

    Horizon(String label, long millis) {
        this.label = label;
        this.millis = millis;
    }

    /** Short name, as settings use it. */
    public String label() {
        return label;
    }

    public long millis() {
        return millis;
    }

    public long slots() {
        return millis / SLOT_MS;
    }

    /** Shared array of all horizons, shortest first; callers must not change it. */
    static Horizon[] all() {
        return ALL;
    }
}
