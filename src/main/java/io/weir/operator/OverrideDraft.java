package io.weir.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.ClientAddress;
import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict.Action;
import io.weir.serde.OverrideJson;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An override as somebody wants it.
 *
 * @param admit share of attempts that passes when throttled
 * @param time how long it shall hold, such as {@code 2d}
 */
public record OverrideDraft(String target, Action action, double admit, String time, String comment) {
    /** Fields of one in a file or over HTTP. */
    public static final List<String> FIELDS = List.of("target", "action", "admit", "for", "comment");

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    /**
     * Reads one with the {@link #FIELDS}; what else it has was refused before.
     *
     * @throws OperatorException naming the field that can mean nothing
     */
    public static OverrideDraft read(ObjectNode json) {
        return new OverrideDraft(
                text(json, "target"),
                action(text(json, "action")),
                share(json.path("admit")),
                text(json, "for"),
                text(json, "comment"));
    }

    private static String text(ObjectNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw OperatorException.invalid(field + " must be text, got " + shortened(value.toString()));
        }
        return value.isTextual() ? value.asText() : "";
    }

    private static double share(JsonNode admit) {
        if (!admit.isMissingNode() && !admit.isNull() && !admit.isNumber()) {
            throw OperatorException.invalid(
                    "admit must be a number from 0 to 1, got '" + shortened(admit.asText()) + "'");
        }
        return admit.asDouble(OverrideJson.DEFAULT_ADMIT);
    }

    private static Action action(String word) {
        for (Action action : Action.values()) {
            if (action.label().equals(word)) {
                return action;
            }
        }
        throw OperatorException.invalid("action must be allow or throttle, got '" + shortened(word) + "'");
    }

    /**
     * The override that it makes.
     *
     * @param author who writes it
     * @param nowMs when, milliseconds since the epoch
     * @throws OperatorException naming what can mean nothing
     */
    public OperatorOverride signed(String author, long nowMs) {
        if (!(admit >= 0 && admit <= 1)) {
            throw OperatorException.invalid("admit must be 0 to 1, got " + admit);
        }
        Signature.requireComment(comment);
        return new OperatorOverride(
                canonical(target),
                action,
                action == Action.ALLOW ? 1 : admit,
                new Signature(author, comment, nowMs).author(),
                comment,
                nowMs,
                nowMs + span(time).toMillis());
    }

    /**
     * A target in its one spelling, or the same network would have two overrides.
     *
     * @throws OperatorException when it is none
     */
    public static String canonical(String target) {
        try {
            return NetworkMap.canonical(target);
        } catch (IllegalArgumentException e) {
            throw OperatorException.invalid(
                    "target must be an address, a network such as 203.0.113.0/24 or pool:NAME, got '"
                            + shortened(target) + "'");
        }
    }

    /** An override for a part of what counts as one sender would cover nobody. */
    static void requireSender(String target, int ipv6Prefix) {
        if (NetworkMap.isIpv6Beyond(target, ipv6Prefix)) {
            String address = target.contains("/") ? target.substring(0, target.indexOf('/')) : target;
            throw OperatorException.invalid(
                    target + " is a part of a sender, and would cover nobody: an IPv6 sender is a /" + ipv6Prefix
                            + " here (rule ipv6.prefix); give "
                            + ClientAddress.parse(address, ipv6Prefix).sender().text());
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
        throw OperatorException.invalid(
                "for must be a time such as 30m, 12h or 7d, a year at most, got '" + shortened(time) + "'");
    }

    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }
}
