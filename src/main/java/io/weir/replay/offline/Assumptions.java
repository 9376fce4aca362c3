package io.weir.replay.offline;

import io.weir.model.Mode;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What figures of a replay rest on, in sentences; every output carries them. */
public final class Assumptions {
    private Assumptions() {}

    /**
     * In the order of their weight.
     *
     * @param rules those it was judged by at its end
     * @param firstMs when the past begins
     * @param lastMs when it ends
     */
    public static List<String> of(Setup setup, Rules rules, long firstMs, long lastMs) {
        List<String> sentences = new ArrayList<>();
        sentences.add("The way is " + setup.way().label() + ": " + setup.way().meaning() + ".");
        sentences.add(learning(rules, firstMs, lastMs));
        sentences.add(modes(setup, rules));
        sentences.add(
                "A verdict reaches edges " + seconds(setup.verdictDelay()) + " after the event that brings it about.");
        if (setup.way() == Way.WHAT_IF) {
            sentences.add(retries(setup));
        }
        sentences.add(
                "Each transaction takes part in the lottery by chance, since a record tells no envelopes. Mail that the server itself"
                        + " refused stays refused. There are no overrides, no connectors but those that were recorded, and no brake.");
        return List.copyOf(sentences);
    }

    private static String learning(Rules rules, long firstMs, long lastMs) {
        if (rules.learnUntilMs() <= firstMs) {
            return "Nothing was learnt before: whoever sends is a newcomer at first.";
        }
        String until = Instant.ofEpochMilli(rules.learnUntilMs())
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        if (rules.learnUntilMs() > lastMs) {
            return "All of it only teaches, since the rules learn until " + until + ": NOTHING was judged.";
        }
        return "What came before " + until + " ("
                + days(rules.learnUntilMs() - firstMs) + " of " + days(lastMs - firstMs)
                + ") only teaches: until then nobody is throttled, and all accepted volume vouches.";
    }

    private static String modes(Setup setup, Rules rules) {
        String shadowed = Arrays.stream(Reason.values())
                .filter(reason -> rules.mode(reason) == Mode.SHADOW)
                .map(Reason::id)
                .collect(Collectors.joining(", "));
        if (setup.way() == Way.AS_RECORDED) {
            return "Deferred is what would have been deferred were all reasons enforced; nothing that was recorded changes by it.";
        }
        return shadowed.isEmpty()
                ? "Every reason is judged as if it were enforced."
                : "In shadow by the rules, so that this mail passes and counts as \"would be deferred\": " + shadowed
                        + ".";
    }

    private static String retries(Setup setup) {
        String recorded =
                setup.byEdges() ? " What was deferred when it was recorded has its own retries in the record." : "";
        return setup.retries() == RetryModel.NONE
                ? "What is deferred never comes back (retry model none)." + recorded
                : "Senders try again as " + setup.retries().label() + " does by its defaults, for "
                        + setup.retries().lifetimeMs() / 86_400_000 + " days (retry model "
                        + setup.retries().label()
                        + "); after the end of the record nothing else comes." + recorded;
    }

    private static String days(long ms) {
        return String.format(Locale.ROOT, "%.1f", ms / 86_400_000.0).replace(".0", "") + " days";
    }

    private static String seconds(Duration delay) {
        return delay.toMillis() % 1000 == 0 ? delay.toSeconds() + " s" : delay.toMillis() + " ms";
    }
}
