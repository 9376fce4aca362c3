package io.weir.config;

import io.weir.model.Networks;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a setting may be: the check, and the words that the documentation and the error message share.
 *
 * @param words completes "must be ..."
 */
record Allowed(String words, Predicate<Object> test) implements ConfigDef.Validator {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");
    private static final int MAX_HELP_URL = 64;
    private static final int MAX_REPLY = 160;
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(?:address|reason|help|case|as|observed|allowance)}");

    static final Allowed BOOLEAN = new Allowed("true or false", value -> true);

    /** As a directory or file name; whether it can be used shows when it is. */
    static final Allowed PATH = new Allowed("a path", value -> isPath(value.toString()));

    static final Allowed EMPTY_OR_PATH =
            new Allowed("empty, or a path", value -> value.toString().isEmpty() || isPath(value.toString()));

    static final Allowed SHARE = new Allowed(
            "a number above 0, at most 1", value -> value instanceof Double share && share > 0 && share <= 1);

    static final Allowed NETWORKS = new Allowed(
            "empty, or networks such as 203.0.113.0/24 with commas between", value -> isNetworks(value.toString()));

    static final Allowed REPLY = new Allowed(
            "1 to 160 characters of printable ASCII, with no other placeholders than {address}, {reason}, {help}, {case}, {as}, {observed}"
                    + " and {allowance}",
            value -> isReply(value.toString()));

    static final Allowed HOST_NAME = new Allowed(
            "a host name or IP address", value -> HOST.matcher(value.toString()).matches());

    static final Allowed HOST_NAMES = new Allowed(
            "empty, or host names with commas between",
            value -> value.toString().isEmpty()
                    || List.of(value.toString().split(",", -1)).stream()
                            .allMatch(one -> HOST.matcher(one.trim()).matches()));

    static final Allowed ADDRESS = new Allowed("HOST:PORT", value -> isAddress(value.toString()));

    static final Allowed ADDRESSES = new Allowed(
            "HOST:PORT, or several with commas between",
            value -> List.of(value.toString().split(",", -1)).stream().allMatch(one -> isAddress(one.trim())));

    static final Allowed HELP_URL = new Allowed(
            "empty, or an https:// URL of at most " + MAX_HELP_URL + " characters without query or fragment",
            value -> value.toString().isEmpty() || isHelpUrl(value.toString()));

    static final Allowed TOKENS = new Allowed(
            "empty, or NAME:ROLE:HASH as 'weir token create' prints it, several with commas between",
            value -> isTokens(value.toString()));

    static final Allowed API_URL = new Allowed(
            "empty, or a URL such as https://weir.example.org:8451",
            value -> value.toString().isEmpty() || isApiUrl(value.toString()));

    static final Allowed PORT_OR_ANY = wholeNumber(0, 65_535);

    static Allowed wholeNumber(long least, long most) {
        return new Allowed(
                "a whole number from " + least + " to " + most,
                value -> value instanceof Number n && n.longValue() >= least && n.longValue() <= most);
    }

    static Allowed oneOf(List<String> values) {
        return new Allowed("one of " + String.join(", ", values), value -> values.contains(value.toString()));
    }

    static Allowed matching(String regex, String words) {
        Pattern pattern = Pattern.compile(regex);
        return new Allowed(words, value -> pattern.matcher(value.toString()).matches());
    }

    /** Null is a default that is derived from other settings. */
    @Override
    public void ensureValid(String name, @Nullable Object value) {
        if (value != null && !test.test(value)) {
            throw new ConfigException(name, value, "must be " + words);
        }
    }

    @Override
    public String toString() {
        return words;
    }

    private static boolean isPath(String text) {
        try {
            return !text.isEmpty() && Path.of(text) != null;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isNetworks(String text) {
        try {
            Networks.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTokens(String text) {
        try {
            AccessTokens.parse(text);
            return true;
        } catch (WeirConfigException e) {
            return false;
        }
    }

    private static boolean isApiUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isReply(String text) {
        String words = PLACEHOLDER.matcher(text).replaceAll("");
        return !text.isBlank()
                && text.length() <= MAX_REPLY
                && text.chars().allMatch(c -> c >= ' ' && c < 127)
                && words.indexOf('{') < 0
                && words.indexOf('}') < 0;
    }

    private static boolean isAddress(String text) {
        var matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int port = Integer.parseInt(matcher.group(1));
        return port >= 1 && port <= 65_535;
    }

    /** It is printed into SMTP replies, whose length is bounded and whose characters are ASCII. */
    private static boolean isHelpUrl(String text) {
        if (text.length() > MAX_HELP_URL || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
