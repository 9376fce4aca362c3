package io.weir.replay.offline;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How the past is taken. */
public enum Way {
    /** Verdicts are byte for byte those of a live engine that had read the same events. */
    AS_RECORDED(
            "as-recorded",
            "what happened is taken as it happened; what verdicts would have deferred counts all the same"),
    /** The loop from verdict to traffic to verdict is closed. */
    WHAT_IF("what-if", "edges obey the verdicts: what they would have deferred does not count, and comes back later");

    private final String label;
    private final String meaning;

    Way(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** The word in options and in every output. */
    public String label() {
        return label;
    }

    public String meaning() {
        return meaning;
    }

    static String labels() {
        return Arrays.stream(values()).map(Way::label).collect(Collectors.joining(", "));
    }
}
