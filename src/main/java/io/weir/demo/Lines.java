package io.weir.demo;

import java.io.PrintStream;

/** What is printed: plain text of at most 100 columns, event times in front. */
final class Lines {
    static final int COLUMNS = 100;

    private static final int INDENT = 18;

    private final PrintStream out;

    Lines(PrintStream out) {
        this.out = out;
    }

    /** A line of its own. */
    void plain(String text) {
        wrap(text, "");
    }

    void blank() {
        out.println();
    }

    /** A heading. */
    void title(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(Math.min(text.length(), COLUMNS)));
    }

    /** Something that happened. */
    void at(long ms, String text) {
        String time = DemoCalendar.time(ms);
        wrap(time + " ".repeat(INDENT - time.length()) + text, " ".repeat(INDENT));
    }

    /** Something that the demo makes happen; all else is what comes of it. */
    void incident(long ms, String text) {
        blank();
        at(ms, "* " + text);
    }

    /** More about it. */
    void more(String text) {
        wrap(" ".repeat(INDENT) + text, " ".repeat(INDENT));
    }

    private void wrap(String text, String indent) {
        String rest = text;
        while (rest.length() > COLUMNS) {
            int cut = rest.lastIndexOf(' ', COLUMNS);
            if (cut <= indent.length()) {
                break;
            }
            out.println(rest.substring(0, cut));
            rest = indent + rest.substring(cut + 1);
        }
        out.println(rest);
        out.flush();
    }
}
