package io.weir.replay.log;

import io.weir.model.ConnectionEvent;

/**
 * The items of a line of Exim's, such as {@code H=mx.example.net (helo) [203.0.113.7]:4711 P=esmtps X=TLS1.3 S=1234}, one after the other. A
 * client chooses some of the values, so each is read to its own end: nothing is looked for in the whole line.
 */
final class EximItems {
    private final String text;
    private int at;

    private String address = "";
    private boolean authenticated;
    private boolean nullSender;
    private long bytes;
    private int recipients;

    private EximItems(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Up to the first word that is no item, which tells what happened. */
    static EximItems before(String text) throws MalformedLineException {
        EximItems items = new EximItems(text, 0);
        while (items.item()) {
            items.skipBlank();
        }
        return items;
    }

    /** Of {@code <= SENDER ITEMS .. for RECIPIENTS}, all. */
    static EximItems ofArrival(String text) throws MalformedLineException {
        EximItems items = new EximItems(text, "<= ".length());
        items.nullSender = text.startsWith("<>", items.at);
        items.skipAddress();
        items.skipBlank();
        while (items.at < text.length()) {
            if (text.startsWith("for ", items.at)) {
                items.recipients = items.words(items.at + "for ".length());
                return items;
            }
            if (!items.item()) {
                items.at = items.end(' ');
            }
            items.skipBlank();
        }
        return items;
    }

    /** The client that stands at this place, without {@code H=}; its address is empty when the text names a user of the machine. */
    static EximItems client(String text, int at) throws MalformedLineException {
        EximItems items = new EximItems(text, at);
        items.host();
        return items;
    }

    /** Empty when no address was among the items. */
    String address() {
        return address;
    }

    boolean authenticated() {
        return authenticated;
    }

    boolean nullSender() {
        return nullSender;
    }

    /** 0 when the line does not say. */
    long bytes() {
        return bytes;
    }

    /** 0 when the line does not say. */
    int recipients() {
        return recipients;
    }

    /** What follows the items. */
    String rest() {
        return text.substring(Math.min(at, text.length()));
    }

    /** Reads one item; false when there is none here. */
    private boolean item() throws MalformedLineException {
        int equals = at;
        while (equals < text.length() && Character.isLetter(text.charAt(equals))) {
            equals++;
        }
        if (equals == at || equals == text.length() || text.charAt(equals) != '=') {
            return false;
        }
        String name = text.substring(at, equals);
        at = equals + 1;
        switch (name) {
            case "H" -> host();
            case "F" -> sender();
            case "A" -> {
                authenticated = true;
                at = end(' ');
            }
            case "S" -> {
                int end = end(' ');
                bytes = digits(text.substring(at, end));
                at = end;
            }
            default -> skipAddress();
        }
        return true;
    }

    private void sender() {
        nullSender = text.startsWith("<>", at);
        skipAddress();
    }

    /** {@code NAME (HELO) [ADDRESS]:PORT}, of which only the address is always there. */
    private void host() throws MalformedLineException {
        if (at < text.length() && text.charAt(at) != '(' && text.charAt(at) != '[') {
            at = end(' ');
            int next = at + 1;
            boolean goesOn = next < text.length() && (text.charAt(next) == '(' || text.charAt(next) == '[');
            if (!goesOn) {
                return;
            }
            at = next;
        }
        if (at < text.length() && text.charAt(at) == '(') {
            int helo = text.indexOf(") [", at);
            if (helo < 0) {
                throw new MalformedLineException("no client address in brackets");
            }
            at = helo + 2;
        }
        address = LogText.address(text, at);
        at = end(' ');
    }

    /** To the end of a value: {@code <..>} and {@code ".."} may have blanks in them. */
    private void skipAddress() {
        if (at < text.length() && text.charAt(at) == '<') {
            at++;
            skipQuoted();
            at = Math.min(end('>') + 1, text.length());
        } else {
            skipQuoted();
            at = end(' ');
        }
    }

    private void skipQuoted() {
        if (at >= text.length() || text.charAt(at) != '"') {
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
    }

    private void skipBlank() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private int end(char mark) {
        int end = text.indexOf(mark, Math.min(at, text.length()));
        return end < 0 ? text.length() : end;
    }

    private int words(int from) {
        int words = 0;
        for (int i = from; i < text.length(); i++) {
            boolean begins = text.charAt(i) != ' ' && text.charAt(i - 1) == ' ';
            words += begins ? 1 : 0;
        }
        return Math.min(words, ConnectionEvent.MAX_ATTEMPTS);
    }

    private static long digits(String text) {
        long number = 0;
        for (int i = 0; i < text.length() && i < 18; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
