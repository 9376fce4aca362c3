package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
    private static final String OURS = "WEIR_LOG_LEVEL";
    private static final String LIBRARIES = "WEIR_LIBRARY_LOG_LEVEL";

    private final String ours = System.getProperty(OURS);
    private final String libraries = System.getProperty(LIBRARIES);

    @BeforeEach
    void clear() {
        System.clearProperty(OURS);
        System.clearProperty(LIBRARIES);
    }

    @AfterEach
    void restore() {
        clear();
        if (ours != null) {
            System.setProperty(OURS, ours);
        }
        if (libraries != null) {
            System.setProperty(LIBRARIES, libraries);
        }
    }

    private static void choose(String... args) {
        LogLevels.choose(args, Map.of());
    }

    @Test
    void whatEndsByItselfSaysWhatWentWrongAndNoMore() {
        choose("verdicts", "--all");
        assertThat(System.getProperty(OURS)).isEqualTo("WARN");
        assertThat(System.getProperty(LIBRARIES)).isEqualTo("OFF");
    }

    @Test
    void whatStaysLogsAsTheFileSays() {
        choose("engine", "--config", "weir.properties");
        assertThat(System.getProperty(OURS)).isNull();
        assertThat(System.getProperty(LIBRARIES)).isNull();
    }

    /** Or nobody would read that it catches up, and enforces. */
    @Test
    void anEdgeLogsItsStatesAndNotItsClientsAttempts() {
        choose("edge");
        assertThat(System.getProperty(OURS)).isNull();
        assertThat(System.getProperty(LIBRARIES)).isEqualTo("ERROR");
    }

    @Test
    void aVariableWins() {
        LogLevels.choose(new String[] {"edge"}, Map.of(LIBRARIES, "WARN"));
        assertThat(System.getProperty(LIBRARIES)).isNull();
    }
}
