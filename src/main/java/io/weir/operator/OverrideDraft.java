package io.weir.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.serde.OverrideJson;
import java.util.List;

/**
 * An override as somebody wants it.
 *
 * @param admit share of attempts that passes when throttled
 * @param volume recipients a day that were announced, when planned; else 0
 * @param term when it shall hold
 */
public record OverrideDraft(String target, Action action, double admit, long volume, Term term, String comment) {
    /** Fields of one in a file or over HTTP. */
    public static final List<String> FIELDS =
            List.of("target", "action", "admit", "volume", "from", "for", "until", "comment");

    /** No sender is wider, whatever the rules say. */
    private static final int WIDEST_IPV6 = 48;

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
                new Term(text(json, "from"), text(json, "for"), text(json, "until")),
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
        String canonical = canonical(target);
        if (isPlanned) {
            requireOneSender(canonical, WIDEST_IPV6);
        }
        Term.Moments moments = term.at(nowMs);
        return new OperatorOverride(
                canonical,
                action,
                action == Action.THROTTLE ? admit : 1,
                volume,
                new Signature(author, comment, nowMs).author(),
                comment,
                nowMs,
                moments.fromMs(),
                moments.untilMs());
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

    /** An override for a part of what counts as one sender would cover nobody; what was announced, was by one. */
    static void requireSender(OperatorOverride override, int ipv6Prefix) {
        String target = override.target();
        if (override.action() == Action.PLANNED) {
            requireOneSender(target, ipv6Prefix);
        }
        if (NetworkMap.isIpv6Beyond(target, ipv6Prefix)) {
            String address = target.contains("/") ? target.substring(0, target.indexOf('/')) : target;
            throw OperatorException.invalid(
                    target + " is a part of a sender, and would cover nobody: an IPv6 sender is a /" + ipv6Prefix
                            + " here (rule ipv6.prefix); give "
                            + ClientAddress.parse(address, ipv6Prefix).sender().text());
        }
    }

    /** Each sender of a network would be told that it may send all of it. */
    private static void requireOneSender(String target, int ipv6Prefix) {
        if (NetworkMap.isWiderThan(target, ipv6Prefix)) {
            throw OperatorException.invalid(target
                    + " is wider than one sender, and a volume is planned for one: give an address, an IPv6 sender's prefix or"
                    + " pool:NAME");
        }
    }

    static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }
}
