package io.weir.explain;

import io.weir.explain.Explanation.Section;
import java.util.List;

/**
 * What one engine tells another about a case that it knows: all that a page shows of it, and no more than who asks may see.
 *
 * @param client text of the sender or network
 * @param reason its id
 * @param sections how it stands, and the days ahead
 */
public record CaseTold(String client, String reason, List<Section> sections) {
    public CaseTold {
        sections = List.copyOf(sections);
    }

    /** @param question whose case is {@code known} */
    public static CaseTold of(Question question, Live.Known known) {
        return new CaseTold(known.verdict().client(), known.verdict().reason(), new LiveSections(question).all());
    }
}
