package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;

class EdgeMarksTest {
    private final EdgeMarks marks = new EdgeMarks(EdgeMarks.Keeper.NONE);

    @Test
    void whatIsAtOrBelowTheMarkIsADuplicate() {
        marks.advance("mx1", 10, 1_000);

        assertThat(marks.isDuplicate("mx1", 9)).isTrue();
        assertThat(marks.isDuplicate("mx1", 10)).isTrue();
        assertThat(marks.isDuplicate("mx1", 11)).isFalse();
        assertThat(marks.isDuplicate("mx2", 10)).isFalse();
        assertThat(marks.isDuplicate("mx1", ConnectionEvent.NO_SEQ)).isFalse();
    }

    @Test
    void anEventWithoutASequenceLeavesTheMarkWhereItIs() {
        marks.advance("mx1", 10, 1_000);
        marks.advance("mx1", ConnectionEvent.NO_SEQ, 2_000);

        assertThat(marks.isDuplicate("mx1", 10)).isTrue();
        assertThat(marks.newestMs()).isEqualTo(2_000);
    }

    @Test
    void atTheBoundTheEdgeOfLongestSilenceIsForgotten() {
        for (int i = 0; i < EdgeMarks.MOST_EDGES; i++) {
            marks.advance("edge" + i, 5, 1_000 + i);
        }
        marks.advance("edge0", 6, 9_000_000);
        marks.advance("one more", 5, 9_000_001);

        assertThat(marks.isDuplicate("edge0", 6)).isTrue();
        assertThat(marks.isDuplicate("edge1", 5)).isFalse();
        assertThat(marks.isDuplicate("edge2", 5)).isTrue();
    }
}
