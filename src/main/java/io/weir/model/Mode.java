package io.weir.model;

/** Whether a reason acts. */
public enum Mode {
    /** Computes and reports; mail passes. */
    SHADOW("shadow"),
    /** Mail is deferred. */
    ENFORCE("enforce");

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
