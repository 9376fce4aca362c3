package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorFileTest {
    @TempDir
    Path directory;

    private List<OperatorFile.Entry> read(String text) throws IOException {
        return OperatorFile.read(Files.writeString(directory.resolve("file.yaml"), text));
    }

    private static List<String> names(List<OperatorFile.Entry> entries) {
        return entries.stream()
                .map(entry -> entry.record().path("name").asText())
                .toList();
    }

    @Test
    void oneObjectOrAListOfThem() throws IOException {
        assertThat(names(read("name: a\n"))).containsExactly("a");
        assertThat(names(read("- name: a\n- name: b\n"))).containsExactly("a", "b");
        assertThat(names(read("[{\"name\":\"a\"},{\"name\":\"b\"}]"))).containsExactly("a", "b");
    }

    /** Only the first was read once, without a word. */
    @Test
    void everyDocumentIsRead() throws IOException {
        List<OperatorFile.Entry> entries = read("name: a\n---\n- name: b\n- name: c\n---\nname: d\n");
        assertThat(names(entries)).containsExactly("a", "b", "c", "d");
        assertThat(entries.get(3).where()).endsWith("file.yaml, entry 4");
    }

    @Test
    void whatIsNoObjectIsNamed() {
        assertThatThrownBy(() -> read("- name: a\n- 7\n"))
                .hasMessageEndingWith("file.yaml, entry 2: must be an object");
        assertThatThrownBy(() -> read("")).hasMessageEndingWith("must hold one object or a list of them");
        assertThatThrownBy(() -> read("name: [\n")).hasMessageContaining("neither YAML nor JSON, line ");
    }
}
