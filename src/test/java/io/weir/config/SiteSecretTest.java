package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteSecretTest {
    private static final String ADVICE =
            "; it must hold 64 hexadecimal digits, the same on every engine and edge (site.secret.file)";

    @TempDir
    Path dir;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        Path file = dir.resolve("new/site.secret");

        SiteSecret made = SiteSecret.readOrCreate(file);

        assertThat(made.bytes()).hasSize(32);
        assertThat(Files.readString(file)).isEqualTo(HexFormat.of().formatHex(made.bytes()) + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SiteSecret.readOrCreate(file).bytes()).isEqualTo(made.bytes());
        assertThat(SiteSecret.read(file).bytes()).isEqualTo(made.bytes());
        assertThat(SiteSecret.readOrCreate(dir.resolve("other")).bytes()).isNotEqualTo(made.bytes());
    }

    @Test
    void whoeverHasTheObjectCanNeitherPrintNorChangeIt() {
        SiteSecret secret = SiteSecret.readOrCreate(dir.resolve("site.secret"));
        byte[] before = secret.bytes();
        secret.bytes()[0]++;
        assertThat(secret.bytes()).isEqualTo(before);
        assertThat(secret).hasToString("SiteSecret");
    }

    @Test
    void readingNeverMakesOne() {
        Path file = dir.resolve("site.secret");
        assertThatThrownBy(() -> SiteSecret.read(file))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("the site's secret " + file + " does not exist" + ADVICE);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0123", "0000000000000000000000000000000000000000000000000000000000000000 0"})
    void whatIsNotASecretIsRefusedAndKept(String content) throws IOException {
        Path file = Files.writeString(dir.resolve("site.secret"), content);
        assertThatThrownBy(() -> SiteSecret.readOrCreate(file))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("the site's secret " + file + " is not one" + ADVICE);
        assertThat(file).hasContent(content);
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        Path file = Files.writeString(dir.resolve("site.secret"), "0".repeat(2000));
        assertThatThrownBy(() -> SiteSecret.read(file))
                .hasMessage("the site's secret " + file + " is not one" + ADVICE);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("a-file"), "").resolve("site.secret");
        assertThatThrownBy(() -> SiteSecret.readOrCreate(file))
                .isInstanceOf(WeirConfigException.class)
                .hasMessageStartingWith("the site's secret " + file + " cannot be created: ")
                .hasMessageEndingWith(ADVICE);
    }
}
