package io.weir.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reply codes and enhanced status codes as they are written; and what the latter mean in general (RFC 3463). */
final class Codes {
    private static final Pattern THROTTLE = Pattern.compile("[45]\\.7\\.[56]\\d\\d");

    private Codes() {}

    static boolean isThrottle(@Nullable Integer reply, @Nullable String status) {
        if (status == null || !THROTTLE.matcher(status).matches()) {
            return false;
        }
        return status.startsWith("4") || (reply != null && reply / 100 == 4);
    }

    /** Whether the status says no more than its class. */
    static boolean isGeneric(@Nullable String status) {
        return status == null || status.endsWith(".0.0");
    }

    /** What the class and subject of a status, or of a reply code alone, say; the detail is what nobody agrees on. */
    static String meaning(@Nullable Integer reply, @Nullable String status) {
        String code = status != null ? status : reply == null ? "" : reply.toString();
        String kind = switch (code.isEmpty() ? ' ' : code.charAt(0)) {
            case '2' -> "a success";
            case '4' -> "a temporary failure: trying again later may help";
            case '5' -> "a permanent failure: trying the same again will not help";
            default -> "";
        };
        if (kind.isEmpty() || status == null) {
            return kind;
        }
        return kind + ". Subject: " + subject(status);
    }

    private static String subject(String status) {
        Matcher parts = Pattern.compile("\\d\\.(\\d+)\\..*").matcher(status);
        return switch (parts.matches() ? parts.group(1) : "") {
            case "1" -> "an address";
            case "2" -> "the mailbox";
            case "3" -> "the mail system of the destination";
            case "4" -> "network or routing";
            case "5" -> "the mail protocol";
            case "6" -> "the content of the message";
            case "7" -> "security or a site's policy";
            default -> "not said";
        };
    }
}
