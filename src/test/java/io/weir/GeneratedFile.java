package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a file in this checkout with the text it is generated from, or writes it when asked to. */
public final class GeneratedFile {
    private static final String REGENERATE = "weir.regenerate";

    private GeneratedFile() {}

    /**
     * Fails with the command that regenerates the file when it is not what the code says.
     *
     * @param file relative to the checkout
     */
    public static void assertUpToDate(Class<?> test, String file, String text) throws IOException {
        Path path = Path.of(file);
        if (Boolean.getBoolean(REGENERATE)) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, text);
        }
        assertThat(Files.exists(path) ? Files.readString(path) : "")
                .as("%s is generated; run: mvn test -Dtest=%s -D%s=true", file, test.getSimpleName(), REGENERATE)
                .isEqualTo(text);
    }
}
