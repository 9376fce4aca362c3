package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.throttle.BrakeCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrakeTest {
    private static final long NOW = 1_795_503_060_123L;
    private static final long MINUTE = 60_000;

    @TempDir
    Path directory;

    private Brake brake() {
        return new Brake(new Brake.Options(new BrakeCount.Limits(0.10, 0.05, 100), directory.resolve("brake")));
    }

    private static boolean decide(Brake brake, int count, boolean newcomer, boolean defers, long atMs) {
        boolean braked = false;
        for (int i = 0; i < count; i++) {
            braked = brake.decided(!newcomer, defers, atMs);
        }
        return braked;
    }

    @Test
    void aTenthOfAllIsBorneAndOneMoreIsNot() {
        Brake brake = brake();
        decide(brake, 900, false, false, NOW);
        assertThat(decide(brake, 100, true, true, NOW)).isFalse();
        assertThat(decide(brake, 1, true, true, NOW)).isTrue();
        assertThat(brake.isOn()).isTrue();
    }

    @Test
    void ofKnownSendersATwentieth() {
        Brake brake = brake();
        decide(brake, 950, false, false, NOW);
        assertThat(decide(brake, 50, false, true, NOW)).isFalse();
        assertThat(decide(brake, 1, false, true, NOW)).isTrue();
    }

    @Test
    void fewTransactionsSayNothing() {
        Brake brake = brake();
        assertThat(decide(brake, 99, true, true, NOW)).isFalse();
        assertThat(decide(brake, 1, true, true, NOW)).isTrue();
    }

    @Test
    void whatIsTenMinutesOldDoesNotCount() {
        Brake brake = brake();
        decide(brake, 99, true, true, NOW);
        assertThat(decide(brake, 99, true, true, NOW + 10 * MINUTE)).isFalse();
        assertThat(decide(brake, 1, true, true, NOW + 10 * MINUTE)).isTrue();
    }

    @Test
    void itsChangesAreToldOnceEach() throws IOException {
        Brake brake = brake();
        assertThat(brake.untold()).isEmpty();
        decide(brake, 100, true, true, NOW);
        assertThat(brake.untold()).singleElement().satisfies(change -> {
            assertThat(change.on()).isTrue();
            assertThat(change.why()).startsWith("100 of 100 transactions of the last ten minutes");
        });
        brake.release();
        brake.told(1);
        assertThat(brake.untold()).containsExactly(new Brake.Change(false, ""));
        Files.createFile(directory.resolve("brake"));
        assertThat(brake().untold()).extracting(Brake.Change::on).containsExactly(true);
    }

    /** It released itself with the next transaction once. */
    @Test
    void itStaysOnWhereItsFileCannotBeWritten() throws IOException {
        Brake brake = new Brake(
                new Brake.Options(new BrakeCount.Limits(0.10, 0.05, 100), directory.resolve("missing/brake")));
        decide(brake, 100, true, true, NOW);
        brake.tend();
        brake.tend();
        assertThat(decide(brake, 1, false, false, NOW + MINUTE)).isTrue();
        Files.createDirectory(directory.resolve("missing"));
        brake.tend();
        assertThat(directory.resolve("missing/brake")).isNotEmptyFile();
        assertThat(brake.release()).isTrue();
        assertThat(decide(brake, 1, false, false, NOW + MINUTE)).isFalse();
    }

    @Test
    void onceReleasedItGoesOnAndIsReleasedAgain() throws IOException {
        Brake brake = brake();
        for (int i = 0; i < 2; i++) {
            decide(brake, 100, true, true, NOW);
            brake.tend();
            assertThat(brake.isOn()).isTrue();
            Files.delete(directory.resolve("brake"));
            brake.tend();
            assertThat(brake.isOn()).isFalse();
        }
    }

    @Test
    void itStaysOnThroughARestartUntilItsFileIsDeleted() throws IOException {
        Brake first = brake();
        decide(first, 100, true, true, NOW);
        first.tend();
        assertThat(directory.resolve("brake")).content().contains("100 of 100 transactions");
        Brake again = brake();
        assertThat(again.isOn()).isTrue();
        assertThat(decide(again, 1, false, false, NOW + 60 * MINUTE)).isTrue();
        again.tend();
        assertThat(again.isOn()).isTrue();
        Files.delete(directory.resolve("brake"));
        again.tend();
        assertThat(decide(again, 1, false, false, NOW + 61 * MINUTE)).isFalse();
        assertThat(decide(again, 98, true, true, NOW + 61 * MINUTE))
                .as("what was is forgotten")
                .isFalse();
    }
}
