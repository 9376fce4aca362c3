package io.weir.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say about a bounce, for whoever renders it.
 *
 * @param lead for the person who wrote the mail
 * @param whose whose reply it is, and how that is known
 * @param origin a word for programs: {@code ours}, {@code known}, {@code other-site}, {@code stranger}, {@code unsaid}
 * @param facts what was found, in the order in which to show it
 */
public record Explanation(
        String lead, String whose, String origin, List<Fact> facts, List<Section> sections, Bounce bounce) {
    public Explanation {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }

    /** One thing that is known. */
    public record Fact(String name, String value) {}

    /**
     * What belongs together.
     *
     * @param id for links: letters and hyphens
     * @param steps what to do, in order; may be empty
     */
    public record Section(
            String id,
            String title,
            List<String> paragraphs,
            @Nullable Table table,
            List<Steps> steps) {
        public Section {
            paragraphs = List.copyOf(paragraphs);
            steps = List.copyOf(steps);
        }
    }

    /** What to do in one case, in order. What stands between backticks is a command. */
    public record Steps(String title, List<String> steps) {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /** @param rows the first column names the row, the others are numbers */
    public record Table(String caption, List<String> columns, List<List<String>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }
}
