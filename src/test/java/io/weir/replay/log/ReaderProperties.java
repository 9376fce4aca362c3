package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes, whatever they are taken for: nothing is thrown, and each line is understood, ignored or malformed. */
class ReaderProperties {
    private static final int MEGABYTE = 1024 * 1024;

    @Property(tries = 400)
    void anyBytesAreCounted(@ForAll LogFormat format, @ForAll @Size(max = 400) byte[] bytes) throws IOException {
        requireCounted(format, bytes);
    }

    @Property(tries = 1000)
    void linesThatAreNearlyRightAreCounted(@ForAll LogFormat format, @ForAll("damaged") byte[] bytes)
            throws IOException {
        requireCounted(format, bytes);
    }

    /** Lines of any format, each perhaps cut, doubled within, or with a byte changed. */
    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<String> line = Arbitraries.of(LogFormat.class)
                .flatMap(format -> Arbitraries.of(OneMessage.in(format)))
                .flatMap(ReaderProperties::damaged);
        return line.list().ofMinSize(1).ofMaxSize(20).map(lines -> bytes(lines));
    }

    private static Arbitrary<String> damaged(String line) {
        Arbitrary<Integer> at = Arbitraries.integers().between(0, line.length());
        Arbitrary<Character> any = Arbitraries.chars().range('\0', '\u00ff').filter(one -> one != '\n');
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(line)),
                Tuple.of(1, at.map(cut -> line.substring(0, cut))),
                Tuple.of(1, at.map(cut -> line.substring(cut))),
                Tuple.of(
                        1,
                        Combinators.combine(at, at)
                                .as((from, to) -> line.substring(0, from) + line.substring(Math.min(from, to)))),
                Tuple.of(
                        2,
                        Combinators.combine(at, any)
                                .as((where, one) -> line.substring(0, where)
                                        + one
                                        + line.substring(Math.min(line.length(), where + 1)))));
    }

    @Property(tries = 100)
    void aRealLogCutAtAnyByteIsCounted(
            @ForAll LogFormat format,
            @ForAll @DoubleRange(max = 1) double from,
            @ForAll @DoubleRange(max = 1) double to)
            throws IOException {
        Assume.that(SharedData.isThere("maillogs/kdent/mail.log"));
        byte[] whole = Files.readAllBytes(SharedData.file("maillogs/kdent/mail.log"));
        int begin = (int) (Math.min(from, to) * whole.length);
        int end = (int) (Math.max(from, to) * whole.length);
        Told told = requireCounted(format, Arrays.copyOfRange(whole, begin, end));
        if (format == LogFormat.POSTFIX && end > begin) {
            assertThat(told.report.malformed())
                    .as("the first line and the last")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Property(tries = 100)
    void aBeginningTellsNoMoreThanTheWhole(@ForAll LogFormat format, @ForAll @IntRange(min = 0, max = 1500) int cut)
            throws IOException {
        byte[] log = bytes(OneMessage.in(format));
        Told whole = requireCounted(format, log);
        Told part = requireCounted(format, Arrays.copyOf(log, Math.min(cut, log.length)));
        assertThat(whole.described()).containsExactly(OneMessage.DESCRIBED);
        assertThat(part.events.stream().mapToInt(ConnectionEvent::recipients).sum())
                .isLessThanOrEqualTo(2);
    }

    /** A merged syslog, or the wrong file appended to the right one. */
    @Property(tries = 400)
    void linesOfAnotherFormatChangeNothing(@ForAll LogFormat format, @ForAll LogFormat other, @ForAll Random random)
            throws IOException {
        // A line of #Fields says what all after it are, whoever wrote it.
        Assume.that(format != other && !(isExchanges(format) && isExchanges(other)));
        List<String> mixed = new ArrayList<>(OneMessage.in(format));
        int after = 0;
        for (String line : OneMessage.in(other)) {
            after += random.nextInt(mixed.size() - after + 1);
            mixed.add(after++, line);
        }
        Told told = requireCounted(format, bytes(mixed));
        assertThat(told.described()).containsExactly(OneMessage.DESCRIBED);
        assertThat(told.report.ignoredLines() + told.report.malformed())
                .isGreaterThanOrEqualTo(OneMessage.in(other).size());
    }

    private static boolean isExchanges(LogFormat format) {
        return format == LogFormat.EXCHANGE || format == LogFormat.EXCHANGE_TRACKING;
    }

    @Property(tries = 40)
    void aLineOfAMegabyteIsOneMalformedLine(
            @ForAll LogFormat format, @ForAll @IntRange(min = 0, max = 20) int where, @ForAll char one)
            throws IOException {
        List<String> lines = new ArrayList<>(OneMessage.in(format));
        lines.add(
                Math.min(where, lines.size()),
                String.valueOf((char) (one % 0x60 + 0x20)).repeat(MEGABYTE));
        Told told = requireCounted(format, bytes(lines));
        assertThat(told.described()).containsExactly(OneMessage.DESCRIBED);
        assertThat(told.report.malformed()).isEqualTo(1);
    }

    @Example
    void anEmptyLogHasNoLines() throws IOException {
        for (LogFormat format : LogFormat.values()) {
            assertThat(requireCounted(format, new byte[0]).report.lines()).isZero();
        }
    }

    private record Told(List<ConnectionEvent> events, ReadReport report) {
        List<String> described() {
            return events.stream().map(Read::described).toList();
        }
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Told requireCounted(LogFormat format, byte[] bytes) throws IOException {
        List<ConnectionEvent> events = new ArrayList<>();
        LogReader reader = new LogReader(format, Read.options());
        LineReader lines = new LineReader(new ByteArrayInputStream(bytes));
        for (String line = lines.next(); line != null; line = lines.next()) {
            reader.read(line, lines.tooLong(), events::add);
        }
        reader.end(events::add);
        ReadReport report = reader.report();
        assertThat(report.lines()).isEqualTo(lines(bytes));
        assertThat(report.understood() + report.ignoredLines() + report.malformed())
                .isEqualTo(report.lines());
        assertThat(report.events()).isEqualTo(events.size());
        assertThat(lines.consumed()).isEqualTo(bytes.length);
        return new Told(events, report);
    }

    private static long lines(byte[] bytes) {
        long ends = 0;
        for (byte one : bytes) {
            ends += one == '\n' ? 1 : 0;
        }
        return ends + (bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? 1 : 0);
    }
}
