package io.weir.replay.report;

/** A table that scrolls by itself where the screen is narrower than it. A heading that begins with {@code #} is one of numbers. */
final class Table {
    private final Html html;
    private final boolean[] isNumber;

    Table(Html html, String... headings) {
        this.html = html;
        this.isNumber = new boolean[headings.length];
        html.open("div", "class", "scroll").open("table").open("thead").open("tr");
        for (int i = 0; i < headings.length; i++) {
            isNumber[i] = headings[i].startsWith("#");
            html.element("th", isNumber[i] ? headings[i].substring(1) : headings[i], "scope", "col", "class", style(i));
        }
        html.close("tr").close("thead").open("tbody");
    }

    void row(String... cells) {
        html.open("tr");
        for (int i = 0; i < cells.length; i++) {
            html.element("td", cells[i], "class", style(i));
        }
        html.close("tr");
    }

    private String style(int column) {
        return isNumber[column] ? "number" : "text";
    }

    void end() {
        html.close("tbody").close("table").close("div");
    }
}
