package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.config.SiteSecret;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mail does not need the HTTP port, nor a token: the edge answers without them until they can be had. */
@Timeout(60)
class EdgeWithoutHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private final Lifetime lifetime = new Lifetime();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CompletableFuture<Integer> ended;

    private void start(int httpPort) {
        SiteSecret.readOrCreate(dir.resolve("site.secret"));
        Terminal terminal =
                new Terminal(Run.stream(out), Run.stream(new ByteArrayOutputStream()), Map.of(), Run.CLOCK, lifetime);
        String[] args = {
            "edge",
            "-D",
            "http.port=" + httpPort,
            "-D",
            "edge.policy.port=0",
            "-D",
            "bootstrap.servers=127.0.0.1:1",
            "-D",
            "data.dir=" + dir
        };
        ended = CompletableFuture.supplyAsync(() -> new Cli(terminal).run(args));
    }

    @AfterEach
    void end() throws Exception {
        lifetime.end();
        assertThat(ended.get(20, TimeUnit.SECONDS)).isZero();
    }

    private String said(String pattern) {
        Pattern sought = Pattern.compile(pattern);
        await().atMost(PATIENCE)
                .until(() ->
                        sought.matcher(out.toString(StandardCharsets.UTF_8)).find());
        Matcher found = sought.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String ask(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            String request = "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=203.0.113.7\n\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    /** Regression: an engine on the same port ended an edge that had answered already, again and again. */
    @Test
    void aPortInUseIsWaitedFor() throws Exception {
        int policyPort;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start(other.getLocalPort());
            policyPort = Integer.parseInt(said("edge answers at 127.0.0.1:(\\d+),"));
            assertThat(ask(policyPort)).isEqualTo("action=DUNNO");
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("HTTP at");
        }
        said("HTTP at (http://\\S+)");
        assertThat(ask(policyPort)).isEqualTo("action=DUNNO");
    }

    /** Regression: a damaged token file ended the edge. */
    @Test
    void aDamagedTokenLetsNobodyInUntilItIsMended() throws Exception {
        Path token = Files.writeString(dir.resolve("edge.token"), "damaged");
        start(0);
        URI status = URI.create(said("HTTP at (http://\\S+)") + "/v1/edge");
        assertThat(ask(Integer.parseInt(said("edge answers at 127.0.0.1:(\\d+),"))))
                .isEqualTo("action=DUNNO");
        assertThat(get(status, "Bearer damaged")).isEqualTo(401);
        Files.delete(token);
        assertThat(get(status, "Bearer ")).isEqualTo(401);
        assertThat(get(status, "Bearer " + Files.readString(token).trim())).isEqualTo(200);
    }

    private static int get(URI uri, String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
