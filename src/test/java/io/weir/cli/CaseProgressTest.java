package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaseProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(Run.stream(new ByteArrayOutputStream()), Run.stream(err), Map.of(), Run.CLOCK, new Lifetime());

    @Test
    void whereNobodyLooksOnALineIsSaidNowAndThen() {
        CaseProgress progress = new CaseProgress(terminal, false, 0);
        progress.at("Weir", 1, 4, SECOND);
        progress.at("Weir", 2, 4, 20 * SECOND);
        progress.at("Weir", 3, 4, 30 * SECOND);
        progress.at("Weir", 4, 4, 40 * SECOND);
        progress.end();
        assertThat(said()).isEqualTo("Weir: 2 of 4 cases, 20 s left\nWeir: 4 of 4 cases\n");
    }

    @Test
    void theTimeLeftIsThatOfThePart() {
        CaseProgress progress = new CaseProgress(terminal, false, 0);
        progress.at("Weir", 1, 1, 1_000 * SECOND);
        progress.at("others", 1, 4, 1_100 * SECOND);
        assertThat(said()).endsWith("others: 1 of 4 cases, 5 min left\n");
    }

    @Test
    void onATerminalOneLineIsRedrawnAndTakenAway() {
        CaseProgress progress = new CaseProgress(terminal, true, 0);
        progress.at("Weir", 1, 4, SECOND);
        progress.end();
        assertThat(said()).isEqualTo("\rWeir: 1 of 4 cases, 3 s left\u001b[K\r\u001b[K");
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
