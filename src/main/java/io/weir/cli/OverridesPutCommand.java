package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.cli.RulesTopic.Entry;
import io.weir.model.ClientAddress;
import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.serde.OverrideJson;
import io.weir.throttle.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = {
            "Write an override; one for the same target is replaced.",
            "With --file, all overrides of a YAML or JSON file: one object or a list of them, with target, action (allow or throttle), admit,"
                    + " for (such as 2d) and comment. None is written unless all are good."
        },
        footer = {
            "",
            "Examples:",
            "  weir overrides put 203.0.113.7 --allow --for 2d --comment 'newsletter move, ticket 4711'",
            "  weir overrides put 2001:db8:1::/48 --throttle --for 12h --comment complaints",
            "  weir overrides put --file overrides.yaml"
        })
final class OverridesPutCommand extends Command {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MAX_COMMENT = 512;
    private static final List<String> FIELDS = List.of("target", "action", "admit", "for", "comment");

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            description = "Address, network such as 203.0.113.0/24, or pool:NAME.")
    private @Nullable String target;

    @Option(names = "--file", paramLabel = "FILE", description = "Take them from this file instead.")
    private @Nullable Path file;

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
            paramLabel = "TIME",
            description = "How long it holds, such as 30m, 12h or 7d; a year at most.")
    private String time = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for whoever asks later.")
    private String comment = "";

    OverridesPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        if ((file == null) == (target == null)) {
            throw CommandException.usage("give either TARGET or --file");
        }
        long now = terminal().clock().millis();
        List<OperatorOverride> overrides = target == null ? ofFile(now) : List.of(given(target, now));
        try (Cluster cluster = Cluster.reach(config())) {
            Rules rules = new RulesTopic(cluster).current().map(Entry::rules).orElse(Rules.DEFAULTS);
            overrides.forEach(override -> requireSender(override.target(), rules.ipv6Prefix()));
            new OverridesTopic(cluster).put(overrides, now);
            overrides.forEach(override -> say(OverridesListCommand.line(override)));
        }
        return ExitCode.DONE;
    }

    /** An override for a part of what counts as one sender would cover nobody. */
    private static void requireSender(String target, int ipv6Prefix) {
        if (NetworkMap.isIpv6Beyond(target, ipv6Prefix)) {
            String address = target.contains("/") ? target.substring(0, target.indexOf('/')) : target;
            throw CommandException.usage(
                    target + " is a part of a sender, and would cover nobody: an IPv6 sender is a /" + ipv6Prefix
                            + " here (rule ipv6.prefix); give "
                            + ClientAddress.parse(address, ipv6Prefix).sender().text());
        }
    }

    private OperatorOverride given(String where, long nowMs) {
        if (allow == throttle) {
            throw CommandException.usage("give either --allow or --throttle");
        }
        return override(where, allow ? Action.ALLOW : Action.THROTTLE, admit, time, comment, nowMs);
    }

    private List<OperatorOverride> ofFile(long nowMs) {
        List<OperatorOverride> overrides = new ArrayList<>();
        for (OperatorFile.Entry entry : OperatorFile.read(Objects.requireNonNull(file))) {
            entry.requireOnly(FIELDS);
            try {
                overrides.add(override(
                        entry.record().path("target").asText(),
                        action(entry.record().path("action").asText()),
                        share(entry.record().path("admit")),
                        entry.record().path("for").asText(),
                        entry.record().path("comment").asText(),
                        nowMs));
            } catch (CommandException e) {
                throw CommandException.usage(entry.where() + ": " + e.getMessage(), e);
            }
        }
        return overrides;
    }

    private static double share(JsonNode admit) {
        if (!admit.isMissingNode() && !admit.isNumber()) {
            throw CommandException.usage("admit must be a number from 0 to 1, got '" + admit.asText() + "'");
        }
        return admit.asDouble(OverrideJson.DEFAULT_ADMIT);
    }

    private static Action action(String word) {
        for (Action action : List.of(Action.ALLOW, Action.THROTTLE)) {
            if (action.label().equals(word)) {
                return action;
            }
        }
        throw CommandException.usage("action must be allow or throttle, got '" + word + "'");
    }

    private static OperatorOverride override(
            String target, Action action, double admit, String time, String comment, long nowMs) {
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
                action,
                action == Action.ALLOW ? 1 : admit,
                RulesUpdate.author(),
                comment,
                nowMs,
                nowMs + span(time).toMillis());
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

    private static Duration span(String time) {
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
