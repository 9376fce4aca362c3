package io.weir.throttle;

import io.weir.model.Mode;
import io.weir.model.Pools;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads typed values out of a rules document and says clearly what is wrong with it. */
final class RulesReader {
    private static final int MOST_KEYS = 1_000;
    private static final int LONGEST_VALUE = 10_000;

    private final Map<String, String> effective = new TreeMap<>();

    RulesReader(Map<String, String> settings) {
        if (settings.size() > MOST_KEYS) {
            throw new RulesException("rules have " + settings.size() + " keys; at most " + MOST_KEYS + " are allowed");
        }
        for (RuleKey key : RuleKey.values()) {
            effective.put(key.id(), key.standard());
        }
        for (Reason reason : Reason.values()) {
            effective.put(RuleKey.MODE_PREFIX + reason.id(), Mode.SHADOW.label());
        }
        settings.forEach(this::put);
    }

    private void put(String key, String value) {
        if (!effective.containsKey(key) && !key.startsWith(RuleKey.POOL_PREFIX)) {
            throw new RulesException("unknown rule '" + shorten(key) + "'; allowed are " + known());
        }
        if (value.length() > LONGEST_VALUE) {
            throw new RulesException("rule " + key + " is longer than " + LONGEST_VALUE + " characters");
        }
        effective.put(key, value.trim());
    }

    private String known() {
        return effective.keySet().stream()
                .filter(key -> !key.startsWith(RuleKey.MODE_PREFIX) && !key.startsWith(RuleKey.POOL_PREFIX))
                .collect(Collectors.joining(
                        ", ", "", ", " + RuleKey.POOL_PREFIX + "NAME and " + RuleKey.MODE_PREFIX + "REASON"));
    }

    /** Every key with its value in force, sorted by key. */
    Map<String, String> effective() {
        return effective;
    }

    long number(RuleKey key, long least, long most) {
        String text = text(key);
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, text, "a whole number from " + least + " to " + most);
        }
        throw wrong(key, text, "a whole number from " + least + " to " + most);
    }

    double decimal(RuleKey key, double least, double most) {
        String text = text(key);
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, text, "a number from " + least + " to " + most);
        }
        throw wrong(key, text, "a number from " + least + " to " + most);
    }

    PerHorizon horizons(RuleKey fiveMinutes, RuleKey hour, RuleKey day) {
        long most = 10_000_000;
        return new PerHorizon(number(fiveMinutes, 1, most), number(hour, 1, most), number(day, 1, most));
    }

    Set<String> names(RuleKey key) {
        return Arrays.stream(text(key).split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    Pools pools() {
        try {
            return Pools.of(pools(effective));
        } catch (IllegalArgumentException e) {
            throw new RulesException(String.valueOf(e.getMessage()));
        }
    }

    /** Networks of each pool in a document, by the pool's name. */
    static Map<String, String> pools(Map<String, String> settings) {
        Map<String, String> pools = new TreeMap<>();
        settings.forEach((key, networks) -> {
            if (key.startsWith(RuleKey.POOL_PREFIX)) {
                pools.put(key.substring(RuleKey.POOL_PREFIX.length()), networks);
            }
        });
        return pools;
    }

    Map<Reason, Mode> modes() {
        Map<Reason, Mode> modes = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            String key = RuleKey.MODE_PREFIX + reason.id();
            String text = effective.getOrDefault(key, "");
            modes.put(
                    reason,
                    Arrays.stream(Mode.values())
                            .filter(mode -> mode.label().equals(text))
                            .findFirst()
                            .orElseThrow(() -> new RulesException(
                                    "rule " + key + " is '" + shorten(text) + "'; allowed are shadow and enforce")));
        }
        return modes;
    }

    private String text(RuleKey key) {
        return effective.getOrDefault(key.id(), key.standard());
    }

    private static RulesException wrong(RuleKey key, String text, String allowed) {
        return new RulesException("rule " + key.id() + " is '" + shorten(text) + "'; allowed is " + allowed);
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
