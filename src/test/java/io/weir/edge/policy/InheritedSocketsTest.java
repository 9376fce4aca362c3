package io.weir.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InheritedSocketsTest {
    @Test
    void withoutThemOrWithAnotherProcessesThereAreNone() {
        assertThat(InheritedSockets.of(Map.of(), 7)).isEmpty();
        assertThat(InheritedSockets.of(Map.of("LISTEN_FDS", "2", "LISTEN_PID", "8"), 7))
                .isEmpty();
        assertThat(InheritedSockets.of(Map.of("LISTEN_FDS", "2"), 7)).isEmpty();
        assertThat(InheritedSockets.of(Map.of("LISTEN_FDS", "0", "LISTEN_PID", "7"), 7))
                .isEmpty();
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        for (String count : new String[] {"x", "-1", "17", "999"}) {
            assertThatThrownBy(() -> InheritedSockets.of(Map.of("LISTEN_FDS", count, "LISTEN_PID", "7"), 7))
                    .isInstanceOf(PolicyServerException.class)
                    .hasMessage("LISTEN_FDS must be 0 to 16, got '" + count + "'");
        }
    }
}
