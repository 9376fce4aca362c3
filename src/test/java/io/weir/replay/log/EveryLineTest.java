package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the file and whatever it is taken for: nothing is thrown, and each line is understood, ignored or malformed. */
@SharedData.Needed("maillogs")
class EveryLineTest {
    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void ofEveryFileIsAccountedFor(LogFormat format) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(SharedData.file("maillogs"))) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSizeGreaterThan(1000);
        for (Path file : files) {
            ReadReport report = read(file, format);
            assertThat(report.understood() + report.ignoredLines() + report.malformed())
                    .as(file.toString())
                    .isEqualTo(report.lines());
        }
    }

    private static ReadReport read(Path file, LogFormat format) throws IOException {
        LogReader reader = new LogReader(format, Read.options());
        try (InputStream in = Files.newInputStream(file)) {
            LineReader lines = new LineReader(in);
            for (String line = lines.next(); line != null; line = lines.next()) {
                reader.read(line, lines.tooLong(), event -> {});
            }
        }
        reader.end(event -> {});
        return reader.report();
    }
}
