package io.weir.explain;

import io.weir.explain.Explanation.Fact;
import io.weir.explain.Explanation.Section;
import io.weir.explain.Explanation.Steps;
import io.weir.explain.Explanation.Table;
import java.util.List;
import java.util.Locale;

/** An explanation for a terminal or a mail: 78 columns. */
public final class PlainText {
    private static final int WIDTH = 78;

    private final StringBuilder text = new StringBuilder(4 * 1024);

    private PlainText() {}

    /** Without a line break at the end. */
    public static String of(Explanation explanation) {
        PlainText page = new PlainText();
        page.paragraph("", explanation.lead());
        page.paragraph("", explanation.whose());
        page.facts(explanation.facts());
        explanation.sections().forEach(page::section);
        return page.text.toString().stripTrailing();
    }

    private void facts(List<Fact> facts) {
        int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
        for (Fact fact : facts) {
            String name = String.format(Locale.ROOT, "  %-" + width + "s  ", fact.name());
            wrap(name, " ".repeat(name.length()), fact.value());
        }
        line("");
    }

    private void section(Section section) {
        line(section.title());
        line("-".repeat(section.title().length()));
        section.paragraphs().forEach(words -> paragraph("", words));
        Table table = section.table();
        if (table != null) {
            table(table);
        }
        section.steps().forEach(this::steps);
    }

    private void steps(Steps steps) {
        line(steps.title() + ":");
        int number = 1;
        for (String step : steps.steps()) {
            wrap("  " + number++ + ". ", "     ", step.replace("`", ""));
        }
        line("");
    }

    private void table(Table table) {
        line("  " + table.caption() + ":");
        row(table.columns());
        table.rows().forEach(this::row);
        line("");
    }

    private void row(List<String> cells) {
        StringBuilder row = new StringBuilder("    ");
        for (int i = 0; i < cells.size(); i++) {
            row.append(String.format(Locale.ROOT, i == 0 ? "%-12s" : "%20s", cells.get(i)));
        }
        line(row.toString().stripTrailing());
    }

    private void paragraph(String indent, String words) {
        wrap(indent, indent, words);
        line("");
    }

    private void wrap(String first, String next, String words) {
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (String word : printable(words).split(" ")) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
                line.append(next);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        line(line.toString());
    }

    /** What was pasted must not steer a terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
