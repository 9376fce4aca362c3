package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path dir;

    @Test
    void readsWhatJavaReadsAndKnowsTheLines() throws IOException {
        Path file = file("""
                # a comment that ends in a backslash \\
                a = 1
                ! another
                   b:2\s\s\s

                c long \\
                   value
                d = x=y
                e =
                """);

        assertThat(SettingsFile.read(file))
                .containsEntry("a", new Given("1", file + " line 2"))
                .containsEntry("b", new Given("2", file + " line 4"))
                .containsEntry("c", new Given("long value", file + " line 6"))
                .containsEntry("d", new Given("x=y", file + " line 8"))
                .containsEntry("e", new Given("", file + " line 9"))
                .hasSize(5);
    }

    @Test
    void aLastLineThatWantsToContinueEnds() throws IOException {
        Path file = file("a = 1\\");
        assertThat(SettingsFile.read(file)).containsEntry("a", new Given("1", file + " line 1"));
    }

    @Test
    void aNameGivenTwiceIsRefused() throws IOException {
        Path file = file("a = 1\nb = 2\na = 3\n");
        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("a is given twice: " + file + " line 1 and " + file + " line 3");
    }

    @Test
    void aBadEscapeNamesItsLine() throws IOException {
        Path file = file("a = 1\nb = \\u12\n");
        assertThatThrownBy(() -> SettingsFile.read(file))
                .isInstanceOf(WeirConfigException.class)
                .hasMessageStartingWith(file + " line 2: ");
    }

    @Test
    void whatIsNoReadableTextFileIsRefused() throws IOException {
        Path missing = dir.resolve("missing");
        assertThatThrownBy(() -> SettingsFile.read(missing)).hasMessage("settings file " + missing + " does not exist");
        assertThatThrownBy(() -> SettingsFile.read(dir)).hasMessage("settings file " + dir + " is not a file");
        Path latin1 = Files.write(dir.resolve("latin1"), "a = é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SettingsFile.read(latin1))
                .hasMessage("settings file " + latin1 + " is not UTF-8 text");
        Path huge = Files.write(dir.resolve("huge"), new byte[1024 * 1024 + 1]);
        assertThatThrownBy(() -> SettingsFile.read(huge))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("settings file " + huge + " has 1048577 bytes; at most 1048576");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("weir.properties"), text);
    }
}
