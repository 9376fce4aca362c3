package io.weir.cli;

import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict.Action;
import io.weir.serde.OverrideJson;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = "Write an override; one for the same target is replaced.",
        footer = {
            "",
            "Examples:",
            "  weir overrides put 203.0.113.7 --allow --for 2d --comment 'newsletter move, ticket 4711'",
            "  weir overrides put 2001:db8:1::/48 --throttle --for 12h --comment complaints"
        })
final class OverridesPutCommand extends Command {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MAX_COMMENT = 512;

    @Parameters(paramLabel = "TARGET", description = "Address, network such as 203.0.113.0/24, or pool:NAME.")
    private String target = "";

    @Option(names = "--allow", description = "Its mail passes, whatever the verdict.")
    private boolean allow;

    @Option(names = "--throttle", description = "Its mail is deferred, but for a share.")
    private boolean throttle;

    @Option(
            names = "--admit",
            paramLabel = "SHARE",
            description = "With --throttle: share of attempts that passes, 0 to 1. Default: 0.01.")
    private double admit = OverrideJson.DEFAULT_ADMIT;

    @Option(
            names = "--for",
            required = true,
            paramLabel = "TIME",
            description = "How long it holds, such as 30m, 12h or 7d; a year at most.")
    private String time = "";

    @Option(names = "--comment", required = true, paramLabel = "TEXT", description = "Why, for whoever asks later.")
    private String comment = "";

    OverridesPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        OperatorOverride override = override(terminal().clock().millis());
        try (Cluster cluster = Cluster.reach(config())) {
            new OverridesTopic(cluster).put(override);
        }
        say(OverridesListCommand.line(override));
        return ExitCode.DONE;
    }

    private OperatorOverride override(long nowMs) {
        if (allow == throttle) {
            throw CommandException.usage("give either --allow or --throttle");
        }
        if (!(admit >= 0 && admit <= 1)) {
            throw CommandException.usage("--admit must be 0 to 1, got " + admit);
        }
        if (comment.isBlank()
                || comment.length() > MAX_COMMENT
                || comment.chars().anyMatch(Character::isISOControl)) {
            throw CommandException.usage(
                    "--comment must have 1 to " + MAX_COMMENT + " characters and no control characters");
        }
        return new OperatorOverride(
                checked(target),
                allow ? Action.ALLOW : Action.THROTTLE,
                allow ? 1 : admit,
                RulesUpdate.author(),
                comment,
                nowMs,
                nowMs + span().toMillis());
    }

    /** In its one spelling, or the same network would have two overrides. */
    static String checked(String target) {
        try {
            return NetworkMap.canonical(target);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    "TARGET must be an address, a network such as 203.0.113.0/24 or pool:NAME, got '" + target + "'");
        }
    }

    private Duration span() {
        Matcher span = SPAN.matcher(time);
        if (span.matches()) {
            long count = Long.parseLong(span.group(1));
            Duration duration = switch (span.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw CommandException.usage("--for must be a time such as 30m, 12h or 7d, a year at most, got '" + time + "'");
    }
}
