package io.weir.replay.log;

/** Pieces of what mail servers log. */
final class LogText {
    static final String NO_QUEUE_ID = "NOQUEUE";

    private static final int MAX_QUEUE_ID = 40;
    private static final int MAX_WORD = 24;

    private LogText() {}

    /**
     * The queue id (or {@code NOQUEUE}) that a text of Postfix or sendmail begins with, or an empty string. Words such as {@code warning} stand in the same
     * place, in small letters; an id, short or long, has digits or capitals.
     */
    static String queueId(String text) {
        int end = text.indexOf(": ");
        if (end < 5 || end > MAX_QUEUE_ID) {
            return "";
        }
        boolean digitOrCapital = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean small = c >= 'a' && c <= 'z';
            if (!small && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')) {
                return "";
            }
            digitOrCapital |= !small;
        }
        return digitOrCapital ? text.substring(0, end) : "";
    }

    /**
     * The client's address in {@code NAME[ADDRESS]} or {@code [ADDRESS]:PORT}, the first after {@code from}; empty when the server did not
     * learn it. sendmail writes {@code [IPv6:ADDRESS]}.
     */
    static String address(String text, int from) throws MalformedLineException {
        int open = text.indexOf('[', from);
        int close = text.indexOf(']', from);
        if (open < 0 || close < open) {
            throw new MalformedLineException("no client address in brackets");
        }
        String address = text.substring(open + 1, close);
        if (address.equals("unknown")) {
            return "";
        }
        return address.startsWith("IPv6:") ? address.substring("IPv6:".length()) : address;
    }

    /** The first word, which tells kinds of lines apart; a word that is rather data is {@code other}. */
    static String word(String text) {
        int end = 0;
        while (end < text.length() && isWordCharacter(text.charAt(end))) {
            end++;
        }
        return end == 0 || end > MAX_WORD ? "other" : text.substring(0, end);
    }

    /** The number behind a label, which is looked for from the end: what a client says comes first. */
    static long number(String text, String label) throws MalformedLineException {
        int start = text.lastIndexOf(label);
        int end = start + label.length();
        while (start >= 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String digits = start < 0 ? "" : text.substring(start + label.length(), end);
        if (digits.isEmpty() || digits.length() > 18) {
            throw new MalformedLineException(
                    "no number after '" + label.replace(",", "").trim() + "'");
        }
        return Long.parseLong(digits);
    }

    /** What stands behind the first label, up to the end or the next blank or comma. */
    static String value(String text, String label) {
        int start = text.indexOf(label);
        if (start < 0) {
            return "";
        }
        int end = start + label.length();
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(start + label.length(), end);
    }

    /** What follows the first occurrence of the mark; empty when there is none. */
    static String after(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? "" : text.substring(at + mark.length());
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }
}
