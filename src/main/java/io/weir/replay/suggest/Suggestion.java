package io.weir.replay.suggest;

import io.weir.replay.suggest.Study.Fate;
import io.weir.replay.suggest.Trial.Part;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.RuleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rules for one site, as a file that 'weir rules apply' reads, with what each of them comes from as remarks.
 *
 * @param days that the record spans
 * @param judgedDays of these after what only teaches
 * @param shipped what the shipped rules would have done
 * @param tried what drafts did, with growing growth; none has less than the one before, and it ends with the first that is harmless
 * @param pooled the {@link #chosen} one with {@link Study#blocks} taken for pools; null when there are none
 */
public record Suggestion(
        Study study,
        double days,
        double judgedDays,
        Trial shipped,
        List<Trial> tried,
        @Nullable Trial pooled) {
    /** The first harmless one; if there is none, the one that does least harm. */
    public static Trial chosen(Study study, List<Trial> tried) {
        return tried.stream()
                .filter(one -> one.isHarmless(study))
                .findFirst()
                .orElseGet(() -> tried.stream()
                        .min(Comparator.comparingDouble(
                                one -> one.of(study, Fate.KNOWN).share()))
                        .orElseThrow());
    }

    /** The file. */
    public String text() {
        Trial chosen = chosen(study, tried);
        List<String> lines = new ArrayList<>();
        remark(lines, "Rules suggested from %.1f days of this site's mail.", days);
        remark(
                lines,
                "'weir rules apply' puts what a file does not name at its default, every reason in shadow among it;");
        remark(lines, "to keep what differs from that, put these lines into what 'weir rules show' prints.");
        newcomers(lines);
        settings(lines, chosen, "newcomer.");
        growth(lines, chosen);
        settings(lines, chosen, "growth.");
        trials(lines, chosen);
        if (pooled != null) {
            pools(lines, chosen, pooled);
        }
        return String.join("\n", lines) + "\n";
    }

    private void newcomers(List<String> lines) {
        PerHorizon needed = study.needed();
        int proven = study.provenBeginnings().size();
        remark(lines, "");
        remark(
                lines,
                "newcomer.*: %d senders came after the first %d days, and %d of them proved established and clean: less than %.0f%%",
                study.newcomers(),
                Study.KNOWN_DAYS,
                proven,
                100 * study.cleanShare());
        remark(lines, "of their recipients were rejected. (What a filter found to be spam later is not in logs.)");
        if (needed.equals(PerHorizon.ZERO)) {
            remark(
                    lines,
                    "These are too few to say what a newcomer needs: it takes %d. The defaults stay.",
                    Study.LEAST_SENDERS);
            return;
        }
        remark(
                lines,
                "In their first 24 hours %.0f%% of these sent at most %d in five minutes, %d in an hour and %d in all:",
                100 * Study.SHARE,
                needed.fiveMinutes(),
                needed.hour(),
                needed.day());
        remark(lines, "by the numbers below so much may come at once.");
    }

    private void growth(List<String> lines, Trial chosen) {
        double share = chosen.of(study, Fate.KNOWN).share();
        remark(lines, "");
        if (!chosen.isHarmless(study)) {
            remark(
                    lines,
                    "growth.*: nothing that was tried leaves established senders alone; this defers least of theirs, %s.",
                    percent(share));
            remark(lines, "'weir replay' with this file as --rules names them.");
        } else if (chosen.equals(tried.get(0))) {
            remark(
                    lines,
                    "growth.*: the default stays. It defers %s of what established and clean senders sent;",
                    percent(share));
            remark(lines, "up to %s is taken to be harmless.", percent(Trial.HARMLESS));
        } else {
            remark(
                    lines,
                    "growth.*: the least that defers no more than %s of what established and clean senders sent.",
                    percent(Trial.HARMLESS));
        }
    }

    private void trials(List<String> lines, Trial chosen) {
        remark(lines, "");
        remark(
                lines,
                "What would have been deferred at first in the last %.1f days (way what-if; what came before only",
                judgedDays);
        remark(
                lines,
                "teaches), in recipients. Known are established and clean senders from the first %d days, proven",
                Study.KNOWN_DAYS);
        remark(lines, "those newcomers that proved so.");
        remark(lines, "%-26s %22s %22s %22s %22s", "", "all", "known", "proven", "others");
        if (!tried.get(0).equals(shipped)) {
            row(lines, shipped, "");
        }
        tried.forEach(one -> row(lines, one, one.equals(chosen) ? "   <- this file" : ""));
        if (pooled != null) {
            row(lines, pooled, "");
        }
    }

    private void row(List<String> lines, Trial trial, String mark) {
        remark(
                lines,
                "%-26s %22s %22s %22s %22s%s",
                trial.draft().name(),
                part(trial.of(one -> true)),
                part(trial.of(study, Fate.KNOWN)),
                part(trial.of(study, Fate.PROVEN)),
                part(trial.of(study, Fate.OTHER)),
                mark);
    }

    private void pools(List<String> lines, Trial chosen, Trial asPools) {
        remark(lines, "");
        remark(
                lines,
                "Pools worth declaring: addresses of one network that share work, so that one sends less when another sends");
        remark(
                lines,
                "more, and a new one of them is no newcomer. Look who they are, then take the # from the line: a pool learns");
        remark(lines, "for %s days without a verdict.", RuleKey.POOL_LEARN_DAYS.standard());
        for (Block block : study.blocks()) {
            remark(
                    lines,
                    "%d addresses on %d days: the variance of their sum is %.0f%% of what it would be, were they on their own.",
                    block.senders(),
                    block.days(),
                    100 * block.ratio());
            remark(lines, "Deferred: %s as they are, %s as a pool.", part(chosen.of(block)), part(asPools.of(block)));
            remark(lines, "%s%s = %s", RuleKey.POOL_PREFIX, block.name(), block.network());
        }
    }

    private static void settings(List<String> lines, Trial chosen, String prefix) {
        for (RuleKey key : RuleKey.values()) {
            String value = chosen.draft().document().get(key.id());
            if (value != null && key.id().startsWith(prefix)) {
                lines.add(key.id() + " = " + value);
            }
        }
    }

    private static void remark(List<String> lines, String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values).stripTrailing();
        lines.add(text.isEmpty() ? "#" : "# " + text);
    }

    private static String part(Part part) {
        return part.deferred() + " of " + part.attempts() + " (" + percent(part.share()) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
