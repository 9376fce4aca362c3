package io.weir.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.serde.OverrideJson;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An override as somebody wants it.
 *
 * @param admit share of attempts that passes when throttled
 * @param volume recipients a day that were announced, when planned; else 0
 * @param fromMs until this moment it does not hold yet, milliseconds since the epoch; 0: at once
 * @param time how long it shall hold, such as {@code 2d}
 */
public record OverrideDraft(
        String target, Action action, double admit, long volume, long fromMs, String time, String comment) {
    /** Fields of one in a file or over HTTP. */
    public static final List<String> FIELDS = List.of("target", "action", "admit", "volume", "from", "for", "comment");

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
                volume(json.path("volume")),
                from(text(json, "from")),
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

    private static long volume(JsonNode volume) {
        if (volume.isMissingNode() || volume.isNull()) {
            return 0;
        }
        if (!volume.isIntegralNumber() || !volume.canConvertToLong()) {
            throw OperatorException.invalid("volume must be a whole number, got '" + shortened(volume.asText()) + "'");
        }
        return volume.asLong();
    }

    private static long from(String time) {
        try {
            return time.isEmpty() ? 0 : Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw OperatorException.invalid(
                    "from must be a time such as 2026-11-24T02:10:00Z, got '" + shortened(time) + "'");
        }
    }

    private static Action action(String word) {
        for (Action action : Action.values()) {
            if (action.label().equals(word)) {
                return action;
            }
        }
        throw OperatorException.invalid("action must be allow, throttle or planned, got '" + shortened(word) + "'");
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
        boolean isPlanned = action == Action.PLANNED;
        if (volume < 0 || volume > ConnectionEvent.MAX_PLANNED || isPlanned != (volume > 0)) {
            throw OperatorException.invalid("volume must be 1 to " + ConnectionEvent.MAX_PLANNED
                    + " recipients a day with action planned, and with no other; got " + volume);
        }
        if (fromMs < 0 || fromMs > nowMs + LONGEST.toMillis()) {
            throw OperatorException.invalid("from may be a year ahead at most");
        }
        return new OperatorOverride(
                canonical(target),
                action,
                action == Action.THROTTLE ? admit : 1,
                volume,
                new Signature(author, comment, nowMs).author(),
                comment,
                nowMs,
                fromMs <= nowMs ? 0 : fromMs,
                Math.max(nowMs, fromMs) + span(time).toMillis());
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
