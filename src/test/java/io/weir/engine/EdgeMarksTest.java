package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class EdgeMarksTest {
    private final KeyValueStore<Bytes, byte[]> store = InMemoryStore.open();
    private final EdgeMarks marks = new EdgeMarks(store);

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
    void marksAndTheNewestTimeComeBackFromTheStore() {
        marks.advance("mx1", 10, 5_000);
        marks.advance("mx-ü", 7, 3_000);

        EdgeMarks restored = new EdgeMarks(store);
        assertThat(restored.isDuplicate("mx1", 10)).isTrue();
        assertThat(restored.isDuplicate("mx-ü", 7)).isTrue();
        assertThat(restored.newestMs()).isEqualTo(5_000).isEqualTo(EdgeMarks.newestMs(store));
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
        assertThat(store.approximateNumEntries()).isEqualTo(EdgeMarks.MOST_EDGES);
    }
}
