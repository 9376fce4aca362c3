package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.http.FakeQueries;
import io.weir.http.TestServers;
import io.weir.http.WeirServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String LINE =
            "host mx1.corp.example[192.0.2.25] said: 451 4.7.500 [203.0.113.7] temporarily rate limited (AS510)";
    private static final String OURS = "help.hosts=mx.example.org,corp.example";

    @Test
    void explainsTextWithoutAnEngine() {
        Run run = Run.of("explain", "--offline", "-D", OURS, LINE);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Your message is delayed; it was not judged as spam.")
                .contains("  Reply              451 4.7.500\n", "volume-surge", "If you run the server that sends");
    }

    @Test
    void whoseItIsDependsOnTheSettings() {
        assertThat(Run.of("explain", "--offline", LINE).out())
                .contains("This reply is not ours. mx1.corp.example gave it")
                .doesNotContain("volume-surge");
    }

    @Test
    void readsAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("bounce.txt"), LINE);
        Run run = Run.of("explain", "--offline", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Reply given by     mx1.corp.example");
    }

    @Test
    void readsStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(Run.of("explain", "--offline", "-").out()).contains("451 4.7.500");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void jsonHasWhatThePageHas() throws Exception {
        Run run = Run.of("explain", "--offline", "--json", "-D", OURS, LINE);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("origin").asText()).isEqualTo("ours");
        assertThat(json.at("/bounce/replyCode").asInt()).isEqualTo(451);
        assertThat(json.at("/bounce/clientAddress").asText()).isEqualTo("203.0.113.7");
        assertThat(json.at("/bounce").has("caseId")).isFalse();
        assertThat(json.path("sections").findValuesAsText("id")).contains("meaning", "state", "sender", "admin");
    }

    @Test
    void saysSoWhenNoEngineAnswersAndExplainsAllTheSame() throws Exception {
        int port = unusedPort();
        Run run = Run.of("explain", "-D", "http.port=" + port, LINE);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("no engine answers at http://127.0.0.1:" + port)
                .contains("explained without it");
        assertThat(run.out()).contains("451 4.7.500");
        assertThat(Run.of("explain", "--api", "http://127.0.0.1:" + port, LINE).exitCode())
                .isEqualTo(ExitCode.UNREACHABLE.number());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theEngineIsAskedForTheCase() {
        FakeQueries queries = new FakeQueries();
        try (WeirServer engine = TestServers.open()) {
            String caseId = queries.verdict().caseId();
            Run early = Run.of("explain", "-D", "http.port=" + engine.port(), caseId);
            assertThat(early.exitCode()).isZero();
            assertThat(early.err()).contains("the engine has not started yet", "explained without it");

            engine.serve(TestServers.engine(queries));
            Run run = Run.of("explain", "-D", "http.port=" + engine.port(), "--wanted", "3000", caseId);
            assertThat(run.err()).isEmpty();
            assertThat(run.out())
                    .startsWith("Your message is delayed; it was not judged as spam.")
                    .contains(
                            "This reply is ours: its case is known here.",
                            "400 recipients",
                            "3,000 recipients a day are free");
            assertThat(Run.of("explain", "--json", "-D", "http.port=" + engine.port(), caseId)
                            .out())
                    .startsWith("{\"lead\":\"Your message is delayed")
                    .contains("\"id\":\"ramp\"");
        }
    }

    @Test
    void nothingIsNoQuestion(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("empty"));
        Run run = Run.of("explain", "--offline", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err())
                .isEqualTo("weir: there is nothing to explain: give a FILE, '-' or the text of a bounce\n");
        assertThat(Run.of("explain", "--offline", "--wanted", "0", LINE).err())
                .isEqualTo("weir: --wanted must be 1 to 1000000000, got 0\n");
    }
}
