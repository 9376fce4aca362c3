package io.weir.cli;

import io.weir.model.SenderMap;
import io.weir.replay.offline.RetryModel;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Way;
import io.weir.throttle.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which way to take through the past, and by which rules. */
final class WayOptions {
    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);
    private static final int MOST_DAYS = 3_650;

    @Option(
            names = "--what-if",
            description =
                    "As it would have gone had edges deferred what verdicts say: what they would have deferred does not count, and"
                            + " comes back by the retry model. This is the default.")
    private boolean whatIf;

    @Option(
            names = "--as-recorded",
            description = "As it was: everything counts as recorded, and verdicts are byte for byte a live engine's.")
    private boolean asRecorded;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description =
                    "Judge by these rules; by default by the defaults. On the way what-if, reasons whose mode the file does not name are"
                            + " judged as if enforced.")
    private @Nullable Path rules;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Judge by these rules as well, and tell what differs.")
    private @Nullable Path against;

    @Option(
            names = "--learn-days",
            paramLabel = "DAYS",
            description =
                    "So much of the beginning only teaches; nobody is throttled then. By default half of it, 14 days at most, and nothing"
                            + " of less than 4 days.")
    private @Nullable Integer learnDays;

    @Option(
            names = "--verdict-delay",
            paramLabel = "TIME",
            description = "From a verdict to edges that know it, such as 500ms or 2s. Default: 1s.")
    private String delay = "1s";

    @Option(
            names = "--retry-model",
            paramLabel = "MODEL",
            description =
                    "How senders try again what is deferred on the way what-if: postfix, exim, exchange or none. Default: postfix.")
    private String retries = RetryModel.POSTFIX.label();

    @Option(
            names = "--suggest",
            description =
                    "Print rules for this site: what newcomers need who later proved established and clean, growth, pools worth declaring,"
                            + " and what would have been deferred with them. The output is a file for 'weir rules apply'.")
    private boolean suggest;

    boolean isSuggestion() {
        return suggest;
    }

    /** Everything, before anything is read. */
    void check() {
        way();
        delay();
        retries();
        learnDays();
        if (suggest && (asRecorded || rules != null || against != null)) {
            throw CommandException.usage("--suggest finds rules by itself, on the way what-if");
        }
        if (against != null && !rules(against).senders().equals(senders())) {
            throw CommandException.usage(
                    "rules can be compared when they make the same senders: ipv6.prefix or a pool differs");
        }
    }

    /** Whether anything is asked for but rules. */
    boolean isWayGiven() {
        return whatIf || asRecorded || suggest || against != null || learnDays != null;
    }

    /** Which sender an address belongs to. */
    SenderMap senders() {
        Rules given = rules();
        return (given == null ? Rules.DEFAULTS : given).senders();
    }

    /** As the file has them; null without a file. */
    @Nullable
    Rules rules() {
        return rules == null ? null : rules(rules);
    }

    private static Rules rules(Path file) {
        return RulesFile.read(file);
    }

    Way way() {
        if (whatIf && asRecorded) {
            throw CommandException.usage("--what-if and --as-recorded are two ways: give one of them");
        }
        return asRecorded ? Way.AS_RECORDED : Way.WHAT_IF;
    }

    /** What the rules file names; empty without one. */
    Map<String, String> document() {
        return rules == null ? Map.of() : RulesFile.document(rules);
    }

    boolean hasRules() {
        return rules != null;
    }

    String rulesName() {
        return rules == null ? "the defaults" : rules.toString();
    }

    /** What the rules to compare with name; null when nothing is to be compared. */
    @Nullable
    Map<String, String> againstDocument() {
        return against == null ? null : RulesFile.document(against);
    }

    String againstName() {
        return String.valueOf(against);
    }

    @Nullable
    Integer learnDays() {
        if (learnDays != null && (learnDays < 0 || learnDays > MOST_DAYS)) {
            throw CommandException.usage("--learn-days must be 0 to " + MOST_DAYS + ", got " + learnDays);
        }
        return learnDays;
    }

    RetryModel retries() {
        return RetryModel.of(retries)
                .orElseThrow(() -> CommandException.usage(
                        "--retry-model must be one of " + RetryModel.labels() + ", got '" + retries + "'"));
    }

    Duration delay() {
        Matcher given = DELAY.matcher(delay);
        if (given.matches()) {
            long count = Long.parseLong(given.group(1));
            Duration span = switch (given.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                default -> Duration.ofMinutes(count);
            };
            if (span.compareTo(LONGEST_DELAY) <= 0) {
                return span;
            }
        }
        throw CommandException.usage(
                "--verdict-delay must be a time such as 500ms, 2s or 1m, an hour at most, got '" + delay + "'");
    }

    /** Without rules; they depend on when the past begins. */
    Setup setup(byte[] secret, int partitions, boolean byEdges) {
        return new Setup(way(), secret, partitions, null, delay(), retries(), byEdges);
    }
}
