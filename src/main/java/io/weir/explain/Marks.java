package io.weir.explain;

import io.weir.model.ClientAddress;
import io.weir.throttle.CaseIds;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What else a reply carries: the filter's number, the client's address, a case. */
record Marks(
        @Nullable String token,
        @Nullable String clientAddress,
        @Nullable String caseId,
        @Nullable String helpUrl) {
    /** {@code (AS843)}, {@code AS(1430)}, {@code (S775)}; and as people quote them, without brackets. */
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9])(AS|S)\\(?(\\d{3,12})\\)?(?![A-Za-z0-9.])");

    /** An address in brackets is the client's; behind a name it is that host's. */
    private static final Pattern BRACKETED =
            Pattern.compile("(?<![A-Za-z0-9.-])(?<!\\bhost )\\[(?:IPv6:)?([0-9A-Fa-f:.]{3,45})\\]");

    /** Others write it without. */
    private static final Pattern BARE = Pattern.compile(
            "(?i)\\b(?:from|host|IP|address|server) \\(?(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{1,4}:[0-9a-f:]{2,40})(?![\\w.])");

    private static final String CASE = "([A-Z2-7]{" + CaseIds.LENGTH + "})(?![A-Za-z0-9])";
    private static final Pattern CASE_URL =
            Pattern.compile("(https?://[A-Za-z0-9.:\\[\\]-]{1,260}(?:/[A-Za-z0-9._~-]{1,64}){0,4})/" + CASE);
    /** What a site without a help page prints. */
    private static final Pattern CASE_ALONE = Pattern.compile("(?<![A-Za-z0-9/=:])" + CASE);

    /** A number of ours has three digits. */
    private static final Pattern OURS = Pattern.compile("AS5\\d\\d");

    /** @param text of the reply, in one line */
    static Marks in(String text) {
        Matcher token = TOKEN.matcher(text);
        String number = token.find() ? token.group(1) + token.group(2) : null;
        Matcher url = CASE_URL.matcher(text);
        if (url.find()) {
            return new Marks(number, client(text), url.group(2), url.group(1));
        }
        return new Marks(number, client(text), caseAlone(text, number), null);
    }

    /** Sixteen such characters are many things; they are a case where one of our numbers is beside them, or nothing else is there. */
    private static @Nullable String caseAlone(String text, @Nullable String token) {
        boolean isOurKind = token != null && OURS.matcher(token).matches();
        Matcher alone = CASE_ALONE.matcher(text);
        return (isOurKind || text.length() == CaseIds.LENGTH) && alone.find() ? alone.group(1) : null;
    }

    /** What somebody typed who has nothing but the case. */
    static @Nullable String onlyCase(String text) {
        String typed = text.strip().toUpperCase(Locale.ROOT);
        return typed.length() == CaseIds.LENGTH && CASE_ALONE.matcher(typed).matches() ? typed : null;
    }

    private static @Nullable String client(String text) {
        String bracketed = first(BRACKETED, text);
        return bracketed == null ? first(BARE, text) : bracketed;
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            try {
                return ClientAddress.parse(found.group(1)).text();
            } catch (IllegalArgumentException e) {
                // Something else in brackets.
                continue;
            }
        }
        return null;
    }
}
