package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    private static final int MOST = LineReader.MAX_LINE_BYTES;

    @Test
    void linesEndWithOrWithoutCarriageReturnAndTheLastNeedsNoEnd() throws IOException {
        assertThat(read("a\nb\r\n\n\nc")).containsExactly("a", "b", "", "", "c");
        assertThat(read("a\n")).containsExactly("a");
        assertThat(read("")).isEmpty();
    }

    @Test
    void aLineAtTheBoundIsWholeAndOneBeyondIsCutAndSaidToBe() throws IOException {
        assertThat(read("x".repeat(MOST) + "\nnext")).containsExactly("x".repeat(MOST), "next");
        assertThat(read("x".repeat(MOST + 1) + "\nnext")).containsExactly("cut " + "x".repeat(MOST), "next");
        assertThat(read("x".repeat(5 * MOST) + "\nnext")).containsExactly("cut " + "x".repeat(MOST), "next");
        assertThat(read("x".repeat(5 * MOST))).containsExactly("cut " + "x".repeat(MOST));
    }

    @Test
    void linesAreTheSameHoweverTheBytesArrive() throws IOException {
        String text = "one\ntwo\r\n" + "x".repeat(MOST + 7) + "\nlast";
        InputStream trickle = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, 3));
            }
        };
        assertThat(read(trickle)).isEqualTo(read(text));
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<String> read(InputStream in) throws IOException {
        LineReader reader = new LineReader(in);
        List<String> lines = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            lines.add(reader.tooLong() ? "cut " + line : line);
        }
        return lines;
    }
}
