package io.weir.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something holds, as somebody gives it; what is not given is empty.
 *
 * @param from such as {@code 2026-12-01T06:00Z}; empty: at once
 * @param span how long from then on, such as {@code 2d}
 * @param until the end, in place of the span
 */
public record Term(String from, String span, String until) {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    /** At once, for so long. */
    public static Term of(String span) {
        return new Term("", span, "");
    }

    /**
     * In milliseconds since the epoch.
     *
     * @param fromMs 0 when it holds at once
     */
    record Moments(long fromMs, long untilMs) {}

    /** @throws OperatorException naming what can mean nothing */
    Moments at(long nowMs) {
        if (!span.isEmpty() && !until.isEmpty()) {
            throw OperatorException.invalid("give for or until, not both");
        }
        if (span.isEmpty() && until.isEmpty()) {
            throw OperatorException.invalid("give for, such as 2d, or until");
        }
        long fromMs = from.isEmpty() ? 0 : time("from", from);
        long beginMs = Math.max(nowMs, fromMs);
        if (beginMs - nowMs > LONGEST.toMillis()) {
            throw OperatorException.invalid("from may be a year ahead, got " + from);
        }
        if (until.isEmpty()) {
            return new Moments(fromMs <= nowMs ? 0 : fromMs, beginMs + length().toMillis());
        }
        long untilMs = time("until", until);
        if (untilMs <= beginMs) {
            throw OperatorException.invalid(
                    "until must be after " + (fromMs > nowMs ? "from" : "now") + ", got " + until);
        }
        if (untilMs - beginMs > LONGEST.toMillis()) {
            throw OperatorException.invalid("until may be a year after it begins, got " + until);
        }
        return new Moments(fromMs <= nowMs ? 0 : fromMs, untilMs);
    }

    private Duration length() {
        Matcher matcher = SPAN.matcher(span);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration length = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
            if (length.compareTo(LONGEST) <= 0) {
                return length;
            }
        }
        throw OperatorException.invalid("for must be a time such as 30m, 12h or 7d, a year at most, got '"
                + OverrideDraft.shortened(span) + "'");
    }

    private static long time(String name, String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isAfter(Instant.EPOCH)) {
                return instant.toEpochMilli();
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw notATime(name, text);
        }
        throw notATime(name, text);
    }

    private static OperatorException notATime(String name, String text) {
        return OperatorException.invalid(
                name + " must be a time such as 2026-12-01T06:00Z, got '" + OverrideDraft.shortened(text) + "'");
    }
}
