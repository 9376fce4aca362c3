package io.weir.throttle;

/** How well a sender is known. It names the reason of a verdict; the allowance follows from the record alone. */
public enum Standing {
    /** Too little history. */
    NEWCOMER("newcomer"),
    /** Enough history. */
    ESTABLISHED("established"),
    /** Was established, and its days have expired. */
    DORMANT("dormant");

    /** What makes a sender established. */
    public record Thresholds(int activeDays, int ageDays) {}

    private final String label;

    Standing(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** At the state's own time. */
    public static Standing of(SenderState state, Thresholds thresholds) {
        boolean established = state.life().activeDays() >= thresholds.activeDays()
                && state.life().day() - state.life().firstDay() >= thresholds.ageDays();
        if (!established) {
            return NEWCOMER;
        }
        return state.life().lastActiveDay() < state.life().day() - History.DAYS ? DORMANT : ESTABLISHED;
    }

    /** What a surge of such a sender's mail is called. */
    Reason surge() {
        return switch (this) {
            case NEWCOMER -> Reason.NEWCOMER_VOLUME;
            case ESTABLISHED -> Reason.VOLUME_SURGE;
            case DORMANT -> Reason.DORMANT_RETURN;
        };
    }
}
