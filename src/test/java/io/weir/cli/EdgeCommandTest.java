package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.SiteSecret;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge as its operator meets it; there is no Kafka. */
@Timeout(60)
class EdgeCommandTest {
    @TempDir
    Path dir;

    private final Lifetime lifetime = new Lifetime();
    private CompletableFuture<Integer> ended;
    private String url;

    @BeforeEach
    void start() throws Exception {
        SiteSecret.readOrCreate(dir.resolve("site.secret"));
        Files.writeString(dir.resolve("brake"), "an earlier run");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(Run.stream(out), Run.stream(new ByteArrayOutputStream()), Map.of(), Run.CLOCK, lifetime);
        ended = CompletableFuture.supplyAsync(
                () -> new Cli(terminal).run(args("edge", "-D", "http.port=0", "-D", "edge.policy.port=0")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("http://"));
        Matcher matcher = Pattern.compile("http://\\S+").matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(matcher.find()).isTrue();
        url = matcher.group();
    }

    @AfterEach
    void end() throws Exception {
        lifetime.end();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isZero();
    }

    private String[] args(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=127.0.0.1:1", "-D", "data.dir=" + dir));
        return all.toArray(String[]::new);
    }

    private Run weir(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", url));
        return Run.now(args(all.toArray(String[]::new)));
    }

    private int status(String path, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void itsBrakeIsSeenAndReleasedByItsOperator() {
        assertThat(weir("brake", "status").lines())
                .anyMatch(line -> line.matches("state +open"))
                .anyMatch(line -> line.matches("brake +on"));
        assertThat(weir("probe", "203.0.113.7", "--sender", "a@example.net").lines())
                .anyMatch(line -> line.matches("brake +on: .*"));
        assertThat(weir("brake", "release").out()).startsWith("the brake is released");
        assertThat(dir.resolve("brake")).doesNotExist();
        assertThat(weir("brake", "status").lines()).anyMatch(line -> line.matches("brake +off"));
        assertThat(weir("brake", "release").out()).startsWith("the brake was not on");
    }

    @Test
    void aProbeShowsEachStep() {
        assertThat(weir("probe", "203.0.113.7").lines())
                .hasSize(8)
                .anyMatch(line -> line.matches("own +not ours"))
                .anyMatch(line -> line.matches("override +none"))
                .anyMatch(line -> line.matches("planned +none"))
                .anyMatch(line -> line.matches("connector +none matches"))
                .anyMatch(line -> line.matches("verdict +none; on newcomers of 203.0.113.0/24: none"))
                .last()
                .asString()
                .matches("answer +unthrottled: mail passes");
        assertThat(weir("probe", "127.0.0.1").lines()).last().asString().matches("answer +ours: mail passes");
        assertThat(weir("probe", "203.0.113.7", "--recipient", "postmaster@example.com")
                        .lines())
                .last()
                .asString()
                .matches("answer +role: mail passes");
        Run bad = weir("probe", "nobody");
        assertThat(bad.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(bad.err().lines()).singleElement().asString().contains("not an IP address: 'nobody'");
    }

    @Test
    void withoutItsTokenNobodyLearnsAnything() throws Exception {
        Path token = dir.resolve("edge.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        String right = "Bearer " + Files.readString(token).trim();
        assertThat(status("/v1/edge", right)).isEqualTo(200);
        for (String wrong : List.of("", "Bearer", right.substring(0, right.length() - 1), right + "0", "Basic x")) {
            assertThat(status("/v1/edge", wrong)).isEqualTo(401);
            assertThat(status("/v1/edge/probe?address=203.0.113.7", wrong)).isEqualTo(401);
        }
        assertThat(status("/v1/edge/probe?address=" + "1".repeat(600), right)).isEqualTo(400);
    }
}
