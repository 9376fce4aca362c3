package io.weir.simulate.scenario;

/** What mail is, whoever judges it. */
public enum Truth {
    LEGITIMATE("legitimate"),
    ABUSIVE("abusive");

    private final String label;

    Truth(String label) {
        this.label = label;
    }

    /** The word in labelled traffic and tables. */
    public String label() {
        return label;
    }
}
