package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.edge.EventSpool.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedEventsTest {
    @TempDir
    Path directory;

    private static Entry entry(String value) {
        return new Entry(1, 1, "203.0.113.0/24", value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatKafkaRefusesIsKeptLineByLineAndTheOldestGoes() throws Exception {
        Path file = directory.resolve("refused.jsonl");
        RefusedEvents refused = new RefusedEvents(file, 10);
        refused.add(entry("one"));
        refused.add(entry("two"));
        assertThat(Files.readAllLines(file)).containsExactly("one", "two");
        refused.add(entry("three"));
        assertThat(Files.readAllLines(file)).containsExactly("three");
        assertThat(Files.readAllLines(directory.resolve("refused.jsonl.1"))).containsExactly("one", "two");
    }
}
