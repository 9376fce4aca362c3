package io.weir.http;

import io.javalin.http.Context;
import io.weir.throttle.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query; what is wrong is said by name. */
final class Params {
    private static final int MOST_TEXT = 512;
    private static final String ALL = "all";

    private Params() {}

    /**
     * Refuses what nobody reads: a parameter that is misspelt would otherwise be left out.
     *
     * @throws ProblemException naming the first
     */
    static void only(Context request, String... known) {
        Set<String> names = Set.of(known);
        for (String name : request.queryParamMap().keySet()) {
            if (!names.contains(name)) {
                throw ProblemException.bad("there is no parameter '" + shortened(name) + "' here"
                        + (known.length == 0 ? "" : "; there are " + String.join(", ", known)));
            }
        }
    }

    /** Empty when it is not there. */
    static String text(Context request, String name) {
        String text = request.queryParam(name);
        if (text != null && text.length() > MOST_TEXT) {
            throw ProblemException.bad(name + " may have " + MOST_TEXT + " characters");
        }
        return text == null ? "" : text;
    }

    static int number(Context request, String name, int least, int most, int otherwise) {
        String text = text(request, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw ProblemException.bad(name + " must be " + least + " to " + most + ", got '" + shortened(text) + "'");
    }

    /** A name alone says yes. */
    static boolean flag(Context request, String name) {
        if (!request.queryParamMap().containsKey(name)) {
            return false;
        }
        return switch (text(request, name)) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.bad(name + " must be true or false");
        };
    }

    /** Milliseconds since the epoch, given as such or as ISO 8601. */
    static long time(Context request, String name, long otherwise) {
        String text = text(request, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return text.matches("[0-9]{1,15}")
                    ? Long.parseLong(text)
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw ProblemException.bad(name + " must be milliseconds since the epoch or a time such as"
                    + " 2026-11-24T02:10:00Z, got '" + shortened(text) + "'");
        }
    }

    /**
     * A span of time.
     *
     * @param toMs the end when none is given
     */
    record Span(long fromMs, long toMs) {
        static Span of(Context request, long toMs, Duration usual, Duration longest) {
            long to = time(request, "to", toMs);
            long from = time(request, "from", Math.max(0, to - usual.toMillis()));
            if (from > to) {
                throw ProblemException.bad("from must not be after to");
            }
            if (to - from > longest.toMillis()) {
                throw ProblemException.bad("from and to may be " + longest.toDays() + " days apart: more is not kept");
            }
            return new Span(from, to);
        }
    }

    static @Nullable Reason reason(Context request) {
        String id = text(request, "reason");
        if (id.isEmpty() || id.equals(ALL)) {
            return null;
        }
        return Reason.of(id)
                .orElseThrow(() -> ProblemException.bad("reason must be one of "
                        + Arrays.stream(Reason.values()).map(Reason::id).collect(Collectors.joining(", ")) + ", got '"
                        + shortened(id) + "'"));
    }

    static String oneOf(Context request, String name, List<String> allowed) {
        String text = text(request, name);
        if (text.isEmpty()) {
            return allowed.get(0);
        }
        if (!allowed.contains(text)) {
            throw ProblemException.bad(
                    name + " must be one of " + String.join(", ", allowed) + ", got '" + shortened(text) + "'");
        }
        return text;
    }

    static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
    }
}
