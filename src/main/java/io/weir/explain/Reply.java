package io.weir.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server's reply as it stands somewhere in a text.
 *
 * @param code reply code
 * @param status enhanced status code
 * @param text from the code on
 */
record Reply(@Nullable Integer code, @Nullable String status, String text) {
    private static final int MOST_REPLIES = 64;
    /** A reply of several lines has 512 octets each; nobody writes more than a few. */
    private static final int MOST_TEXT = 2_000;

    private static final String STATUS = "([245]\\.[0-7]\\.\\d{1,3})(?!\\d|\\.\\d)";

    /** {@code 451 4.7.500}, {@code 451-4.7.500}, {@code 550 #5.1.1}, {@code 550-'5.7.1}. */
    private static final Pattern PAIR = Pattern.compile("(?<![\\d.])([245][0-5]\\d)[ -][#('\"]?" + STATUS);

    private static final Pattern STATUS_ALONE = Pattern.compile("(?<![\\d.])" + STATUS);

    /** Three digits are many things; what cannot be a code is ruled out by its neighbours. */
    private static final String CODE = "([45][0-5]\\d)(?=[ :,%s]|$)"
            + "(?! (?:bytes|octets|lines|minutes|hours|days|seconds|messages|recipients|KB|MB)\\b)";

    /** Where a code is what follows. */
    private static final Pattern CODE_SAID = Pattern.compile(
            "(?i)(?:^|said:|smtp;|<<<|out:|returned|reply:|reason:|error_code ?:|responded:|response:|error:|#)[ '\"<(]{0,3}"
                    + CODE.formatted("-"));

    private static final Pattern CODE_ALONE = Pattern.compile("(?<![\\w./@\\[-])(?<!\\d:)" + CODE.formatted(""));

    /** Given up after trying: what it was told each time comes behind it. */
    private static boolean isExpiry(Reply reply) {
        return reply.status != null && reply.status.endsWith(".4.7");
    }

    static final Reply NONE = new Reply(null, null, "");

    /**
     * The reply that matters in a text.
     *
     * @param text in one line, with single blanks
     */
    static Reply in(String text) {
        List<Reply> pairs = pairs(text);
        for (Reply pair : pairs) {
            if (Codes.isThrottle(pair.code, pair.status)) {
                return pair;
            }
        }
        for (int i = 0; i < pairs.size(); i++) {
            boolean isLast = i == pairs.size() - 1;
            if (!isSuccess(pairs.get(i)) && (isLast || !isExpiry(pairs.get(i)))) {
                return pairs.get(i);
            }
        }
        Reply loose = loose(text);
        return loose.code == null && !pairs.isEmpty() ? pairs.get(0) : loose;
    }

    private static List<Reply> pairs(String text) {
        List<Reply> pairs = new ArrayList<>();
        Matcher pair = PAIR.matcher(text);
        while (pairs.size() < MOST_REPLIES && pair.find()) {
            pairs.add(new Reply(Integer.valueOf(pair.group(1)), pair.group(2), from(text, pair.start())));
        }
        return pairs;
    }

    /** A code and a status that do not stand together, or but one of them. */
    private static Reply loose(String text) {
        Matcher code = CODE_SAID.matcher(text);
        if (!code.find()) {
            code = CODE_ALONE.matcher(text);
            code.reset();
            if (!code.find()) {
                return statusAlone(text);
            }
        }
        Integer number = Integer.valueOf(code.group(1));
        Matcher status = STATUS_ALONE.matcher(text);
        while (status.find()) {
            if (status.group(1).charAt(0) != '2') {
                return new Reply(number, status.group(1), from(text, Math.min(code.start(1), status.start())));
            }
        }
        return new Reply(number, null, from(text, code.start(1)));
    }

    private static Reply statusAlone(String text) {
        Matcher status = STATUS_ALONE.matcher(text);
        return status.find() ? new Reply(null, status.group(1), from(text, status.start())) : NONE;
    }

    private static boolean isSuccess(Reply reply) {
        return reply.code != null && reply.code / 100 == 2;
    }

    private static String from(String text, int start) {
        return text.substring(start, Math.min(text.length(), start + MOST_TEXT));
    }

    boolean isEmpty() {
        return code == null && status == null;
    }
}
