package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.serde.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir up} as a process of its own. */
@Timeout(240)
class UpIT {
    private static final String SENDER = "203.0.113.7";
    private static final Duration START = Duration.ofSeconds(90);

    @TempDir
    Path dir;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void kill() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void startsStopsInOrderAndKnowsEverythingAfterARestart() throws Exception {
        int http = freePort();
        int kafka = freePort();
        Process first = up(http, kafka, "first");
        awaitReady(first, http);
        assertThat(output("first"))
                .contains("Weir is up.", "127.0.0.1:" + kafka, "http://127.0.0.1:" + http, "learning until ")
                .containsPattern("edge +127\\.0\\.0\\.1:[1-9]")
                .contains("every reason in shadow", "weir senders ADDRESS -D bootstrap.servers=127.0.0.1:" + kafka);
        send(kafka);
        JsonNode before = awaitKnown(http);
        assertThat(before.path("learning").asBoolean()).isTrue();
        assertThat(Run.of("enforce", "spam-share", "-D", "broker.port=" + kafka).exitCode())
                .isZero();
        String rules = Run.of("rules", "show", "-D", "broker.port=" + kafka).out();

        first.destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).as("ended within 30 s").isTrue();
        assertThat(first.exitValue()).as("as a signal ends a process").isEqualTo(143);
        assertThat(output("first")).contains("Weir is down; everything is kept in ");

        Process second = up(http, kafka, "second");
        awaitReady(second, http);
        JsonNode after = awaitKnown(http);
        assertThat(after.path("today")).isEqualTo(before.path("today"));
        assertThat(after.path("life")).isEqualTo(before.path("life"));
        assertThat(Run.of("rules", "show", "-D", "broker.port=" + kafka).out())
                .isEqualTo(rules)
                .contains("mode.spam-share = enforce");
        assertThat(get(http, "/metrics").body()).contains("weir_events_total{outcome=\"admitted\"}");
        assertThat(Run.of("senders", SENDER, "-D", "http.port=" + http).out()).contains("the site is learning");
    }

    @Test
    void aTakenPortEndsItWithOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            Process kafka = up(0, port, "kafka");
            assertThat(kafka.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(kafka.exitValue()).isEqualTo(1);
            assertThat(errors("kafka"))
                    .contains("weir: port " + port + " on 127.0.0.1 is in use; set broker.port to another port, or to 0"
                            + " to choose a free one")
                    .doesNotContain("\tat ");

            Process http = up(port, 0, "http");
            assertThat(http.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(http.exitValue()).isEqualTo(1);
            assertThat(errors("http"))
                    .contains(
                            "weir: port " + port + " on 127.0.0.1 is in use or not ours to listen on; set http.port to"
                                    + " another port, or to 0 to choose a free one")
                    .doesNotContain("\tat ");

            Run demo = Run.of("demo", "-D", "broker.port=" + port, "-D", "data.dir=" + dir.resolve("demo"));
            assertThat(demo.exitCode()).isEqualTo(ExitCode.FAILED.number());
            assertThat(demo.err())
                    .isEqualToIgnoringNewLines("weir: port " + port + " on 127.0.0.1 is in use; set broker.port to"
                            + " another port, or to 0 to choose a free one");
        }
    }

    @Test
    void itTakesNoClusterOfSomebodyElse() {
        Run run = Run.of("up", "-D", "bootstrap.servers=kafka1:9092");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err())
                .isEqualToIgnoringNewLines("weir: 'weir up' has a broker of its own and takes no bootstrap.servers;"
                        + " 'weir engine' runs against a cluster");
    }

    private Process up(int http, int kafka, String name) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Weir.class.getName(),
                        "up",
                        "-Ddata.dir=" + dir.resolve("data"),
                        "-Dhttp.port=" + http,
                        "-Dbroker.port=" + kafka,
                        "-Dbroker.controller.port=0",
                        "-Dedge.policy.port=0")
                .redirectOutput(dir.resolve(name + ".out").toFile())
                .redirectError(dir.resolve(name + ".err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private void awaitReady(Process process, int http) {
        Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(process.isAlive()).as("still running").isTrue();
            return isReady(http);
        });
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> output("first").contains("Ctrl-C ends it."));
    }

    private static boolean isReady(int http) throws Exception {
        try {
            return get(http, "/health/ready").statusCode() == 200;
        } catch (IOException e) {
            // Not listening yet.
            return false;
        }
    }

    private static JsonNode awaitKnown(int http) {
        HttpResponse<String> known = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> get(http, "/v1/senders/" + SENDER),
                        response ->
                                response.statusCode() == 200 && response.body().contains("\"attempts\":5,"));
        try {
            return new ObjectMapper().readTree(known.body());
        } catch (IOException e) {
            throw new AssertionError(known.body(), e);
        }
    }

    private static HttpResponse<String> get(int http, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Five recipients, admitted just now. */
    private static void send(int kafka) {
        WeirConfig config = WeirConfig.of(Map.of("broker.port", Integer.toString(kafka)));
        ConnectionEvent event = new ConnectionEvent(
                true,
                "mx1",
                1,
                Instant.now().toEpochMilli(),
                SENDER,
                ClientAddress.parse(SENDER).sender(),
                Outcome.ADMITTED,
                1,
                5,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
        String topic = TopicName.CONNECTIONS.in("");
        byte[] key = event.sender().network().getBytes(StandardCharsets.UTF_8);
        try (Cluster cluster = Cluster.reach(config);
                EventSink sink = new EventSink(cluster, topic)) {
            sink.send(new ProducerRecord<>(topic, null, event.occurredAtMs(), key, new EventJson().write(event)));
            sink.flush();
        }
    }

    private String output(String name) throws IOException {
        return Files.readString(dir.resolve(name + ".out"));
    }

    private String errors(String name) throws IOException {
        return Files.readString(dir.resolve(name + ".err"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
