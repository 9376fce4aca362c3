package io.weir.explain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who said it, as mail servers write that down; and for whom it was. */
final class Hosts {
    private static final int MOST_NAME = 253;

    private static final String NAME = "([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}))";
    private static final String ADDRESS = "\\[[0-9A-Fa-f:.]{2,45}\\](?::\\d{1,5})?";

    /** The surest first. */
    private static final List<Pattern> SAID = List.of(
            // Postfix, in bounces and logs.
            Pattern.compile("(?i)\\bhost " + NAME + " ?" + ADDRESS + " (?:said|refused to talk to me)"),
            // Sendmail.
            Pattern.compile("(?i)while talking to \\[?" + NAME + "\\]?:"),
            // Exim: in its bounces "host", in its log "H=" or "host".
            Pattern.compile("(?i)(?:\\bhost |\\bH=)" + NAME + " " + ADDRESS),
            // Exchange.
            Pattern.compile("(?i)Remote Server (?:at )?" + NAME + " (?:\\([^)]{1,60}\\) )?returned"),
            // Office 365 signs its replies.
            Pattern.compile("\\[([A-Za-z0-9.-]{1,200}\\.outlook\\.com)(?: [^\\]]{0,60})?\\]"),
            Pattern.compile("\\brelay=" + NAME + "\\["),
            Pattern.compile("(?i)Remote[- ](?:MTA|system|host): ?(?:dns; ?)?" + NAME),
            // qmail tells addresses alone.
            Pattern.compile(
                    "(?i)(?:Connected to |^|[ >])(\\d{1,3}(?:\\.\\d{1,3}){3}) (?:but |does not like |failed after )"));

    private static final Pattern REPORTER =
            Pattern.compile("(?i)(?:Generating server|Reporting-MTA): ?(?:dns; ?)?" + NAME);

    private static final Pattern RECIPIENT = Pattern.compile(
            "(?i)(?:\\bto=|for |^|[ :;])<?[^\\s<>@;:]{1,64}@([A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,20})\\b");

    private Hosts() {}

    /** @param text in one line */
    static @Nullable String said(String text) {
        for (Pattern pattern : SAID) {
            String name = find(pattern, text);
            if (name != null && !name.equals("returned")) {
                return name;
            }
        }
        return null;
    }

    static @Nullable String reporter(String text) {
        return find(REPORTER, text);
    }

    /** The domain of the first address. */
    static @Nullable String recipientDomain(String text) {
        return find(RECIPIENT, text);
    }

    /** {@code dns; mx.example.org (mx.example.org [192.0.2.1])} is {@code mx.example.org}. */
    static @Nullable String ofField(@Nullable String value) {
        return value == null ? null : find(Pattern.compile("^(?:[A-Za-z0-9-]{1,20} ?; ?)?\\[?" + NAME), value.strip());
    }

    private static @Nullable String find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? canonical(found.group(1)) : null;
    }

    private static @Nullable String canonical(String name) {
        String bare = name.replaceFirst("[.-]+$", "").toLowerCase(Locale.ROOT);
        return bare.isEmpty() || bare.length() > MOST_NAME ? null : bare;
    }
}
