package io.weir.replay.log;

import io.weir.model.Outcome;

/** Our own deferrals are told from other refusals by their text: what Weir put off is not what the site refuses. */
final class Refusals {
    private Refusals() {}

    static Outcome outcome(String text) {
        return text.contains("451 4.7.") && text.contains("temporarily rate limited")
                ? Outcome.DEFERRED
                : Outcome.REJECTED;
    }
}
