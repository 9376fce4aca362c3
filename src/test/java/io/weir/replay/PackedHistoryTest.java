package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.weir.model.ConnectionEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedHistoryTest {
    private static final History.Options OPTIONS = History.Options.at(Instant.parse("2026-11-25T12:00:00Z"));
    private static final int LINES = 5_000;

    @TempDir
    Path directory;

    private final List<ConnectionEvent> events = new ArrayList<>();

    private static byte[] log(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(
                    "2026-11-24T10:%02d:%02d.%03dZ mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.%d]: 550 %d\n"
                            .formatted(i / 60_000, i / 1000 % 60, i % 1000, i % 256, i * 7919L));
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private HistoryReport read(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("log"), bytes);
        try (History history = History.open(Sources.of(file), OPTIONS)) {
            return history.forEach(events::add);
        }
    }

    @Test
    void gzipAndZstdAreReadWhateverTheFileIsCalled() throws IOException {
        byte[] log = log(0, LINES);
        assertThat(read(gzip(log)).events()).isEqualTo(LINES);
        assertThat(read(Zstd.compress(log)).events()).isEqualTo(LINES);
        assertThat(read(log).events()).isEqualTo(LINES);
    }

    @Test
    void packedFilesMayBeJoined() throws IOException {
        assertThat(read(joined(gzip(log(0, 10)), gzip(log(10, LINES)))).events())
                .isEqualTo(LINES);
        assertThat(read(joined(Zstd.compress(log(0, 10)), Zstd.compress(log(10, LINES))))
                        .events())
                .isEqualTo(LINES);
    }

    /** As when standard input is a pipe that has nothing ready. */
    @Test
    void joinedFilesAreReadToTheirEndThroughASlowPipe() throws IOException {
        InputStream pipe =
                new FilterInputStream(new ByteArrayInputStream(joined(gzip(log(0, 10)), gzip(log(10, LINES))))) {
                    @Override
                    public int read(byte[] bytes, int from, int most) throws IOException {
                        return super.read(bytes, from, Math.min(most, 7));
                    }

                    @Override
                    public int available() {
                        return 0;
                    }
                };
        try (History history = History.open(new Sources(List.of(Sources.STANDARD_INPUT), pipe), OPTIONS)) {
            assertThat(history.forEach(events::add).events()).isEqualTo(LINES);
        }
    }

    @Test
    void whatIsCutOffIsReadUpToThere() throws IOException {
        for (byte[] packed : List.of(gzip(log(0, LINES)), Zstd.compress(log(0, LINES)))) {
            HistoryReport report = read(Arrays.copyOf(packed, packed.length / 2));
            assertThat(report.events()).isBetween(1L, (long) LINES - 1);
            assertThat(report.files().get(0).damage()).startsWith("is cut off or damaged after what was read of it: ");
            assertThat(report.text()).contains(" is cut off or damaged after ");
        }
    }

    @Test
    void whatIsDamagedIsReadUpToThere() throws IOException {
        byte[] packed = gzip(log(0, LINES));
        Arrays.fill(packed, packed.length / 2, packed.length / 2 + 100, (byte) 0xff);
        HistoryReport report = read(packed);
        assertThat(report.events()).isBetween(1L, (long) LINES - 1);
        assertThat(report.files().get(0).damage()).isNotEmpty();
    }

    @Test
    void whatIsCutOffAtOnceIsNoLog() throws IOException {
        byte[] packed = gzip(log(0, LINES));
        assertThatThrownBy(() -> read(Arrays.copyOf(packed, 12)))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining(" is empty; allowed are");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "425a6839314159265359 | is packed by bzip2; allowed are gzip and zstd, so unpack it first",
                "fd377a585a0000 | is packed by xz; allowed are gzip and zstd, so unpack it first",
                "504b03041400 | is packed by zip; allowed are gzip and zstd, so unpack it first",
                "fffe4e006f00 | is text in UTF-16; convert it to UTF-8 first",
            })
    void otherWaysOfPackingAreNamed(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(HistoryException.class)
                .hasMessage(directory.resolve("log") + " " + message);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
        HistoryReport report = read(joined(mark, log(0, 3)));
        assertThat(report.events()).isEqualTo(3);
        assertThat(report.total().malformed()).isZero();
        assertThat(read(gzip(joined(mark, log(0, 3)))).total().malformed()).isZero();
    }

    @Test
    void garbageIsCountedAndPassed() throws IOException {
        byte[] binary = new byte[200_000];
        new Random(7).nextBytes(binary);
        byte[] longLine = new byte[1_000_000];
        Arrays.fill(longLine, (byte) 'x');
        byte[] newline = {'\n'};
        HistoryReport report =
                read(joined(log(0, 100), longLine, newline, log(100, 200), binary, newline, log(200, 300)));
        assertThat(report.events()).isEqualTo(300);
        assertThat(report.total().malformed()).isGreaterThan(100);
        assertThat(report.files().get(0).read().samples().get(0).why()).isEqualTo("longer than 65536 bytes");
        assertThat(report.files().get(0).read().samples().get(0).lineNumber()).isEqualTo(101);
    }
}
