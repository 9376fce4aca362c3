package io.weir.replay.report;

import io.weir.html.Html;

/**
 * A table that scrolls by itself where the screen is narrower than it. A heading that begins with {@code #} is one of numbers, one with
 * {@code ~} of sentences.
 */
final class Table {
    private final Html html;
    private final String[] styles;

    Table(Html html, String... headings) {
        this.html = html;
        this.styles = new String[headings.length];
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (int i = 0; i < headings.length; i++) {
            styles[i] = style(headings[i].charAt(0));
            html.element("th", headings[i].replaceFirst("^[#~]", ""), "scope", "col", "class", styles[i]);
        }
        html.close("tr").close("thead").open("tbody");
    }

    void row(String... cells) {
        html.open("tr");
        for (int i = 0; i < cells.length; i++) {
            html.element("td", cells[i], "class", styles[i]);
        }
        html.close("tr");
    }

    private static String style(char mark) {
        return switch (mark) {
            case '#' -> "number";
            case '~' -> "wide";
            default -> "text";
        };
    }

    void end() {
        html.close("tbody").close("table").close("div");
    }
}
