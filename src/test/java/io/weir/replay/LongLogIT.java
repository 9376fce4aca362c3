package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log much larger than the memory of who reads it, and of more addresses than any of its tables holds. */
class LongLogIT {
    private static final long BYTES = 100_000_000;
    private static final int ADDRESSES = 100_000;

    @Test
    @Timeout(120)
    void isReadInLittleMemory() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx40m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();

        GeneratedLog log = new GeneratedLog(BYTES, ADDRESSES);
        log.transferTo(OutputStream.nullOutputStream());
        assertThat(said.trim())
                .isEqualTo("lines " + log.lines() + ", admitted " + log.admitted() + " to " + log.recipients()
                        + ", refused " + log.refused() + ", bare " + log.bare() + ", malformed 0, forgotten 0, open 0");
    }

    /** Another process, with a small heap. */
    public static final class Reader {
        private long recipients;

        private Reader() {}

        public static void main(String[] args) throws IOException {
            new Reader().read();
        }

        private void read() throws IOException {
            Sources log = new Sources(List.of(Sources.STANDARD_INPUT), new GeneratedLog(BYTES, ADDRESSES));
            History.Options options = History.Options.at(Instant.parse("2026-06-01T00:00:00Z"));
            try (History history = History.open(log, options)) {
                HistoryReport report = history.forEach(this::count);
                var read = report.total();
                System.out.println("lines " + read.lines() + ", admitted "
                        + read.transactions().get(Outcome.ADMITTED) + " to " + recipients + ", refused "
                        + read.transactions().get(Outcome.REJECTED) + ", bare "
                        + read.connections().get(Outcome.ABANDONED) + ", malformed " + read.malformed() + ", forgotten "
                        + read.forgotten() + ", open " + read.openAtEnd());
            }
        }

        private void count(ConnectionEvent event) {
            recipients += event.outcome() == Outcome.ADMITTED ? event.recipients() : 0;
        }
    }
}
