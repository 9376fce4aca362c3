package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weir.config.AccessTokens;
import io.weir.config.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who is let in, and how much of what is taken from whom. */
@Timeout(60)
class AccessTest {
    private static final String OVERRIDE = "{\"action\":\"allow\",\"for\":\"2d\",\"comment\":\"known\"}";

    @TempDir
    Path dir;

    private final AccessTokens.Fresh reader = AccessTokens.create("grafana", Role.READ);
    private final AccessTokens.Fresh operator = AccessTokens.create("mara@example.org", Role.OPERATE);
    private WeirServer server =
            TestServers.listen(Map.of("http.tokens", reader.line() + ", " + operator.line()), false);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aReaderMayAskAndAnOperatorChangeToo() throws Exception {
        server.serve(TestServers.engine(new FakeQueries()));
        assertThat(get(reader.token()).status()).isEqualTo(200);
        assertThat(get(operator.token()).status()).isEqualTo(200);
        assertThat(get(reader.line()).status()).isEqualTo(401);
        assertThat(get(reader.token() + "x").status()).isEqualTo(401);
        assertThat(get("").status()).isEqualTo(401);

        Asked refused = put(reader.token());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("the token of grafana may read; this takes operate");
        Asked written = put(operator.token());
        assertThat(written.status()).isEqualTo(201);
        assertThat(written.json().path("author").asText()).isEqualTo("mara@example.org");
    }

    @Test
    void everyChangeAndEveryRefusalIsInTheAuditLog() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger audit = (Logger) LoggerFactory.getLogger("audit");
        audit.addAppender(lines);
        audit.setLevel(Level.INFO);
        try {
            server.serve(TestServers.engine(new FakeQueries()));
            put(operator.token());
            put(reader.token());
            put("weir_guess");
            send("DELETE", "/v1/overrides/203.0.113.9?comment=over", operator.token());
        } finally {
            audit.detachAppender(lines);
        }
        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                .containsExactly(
                        "author=mara@example.org address=127.0.0.1 changed=put override 203.0.113.9 comment=known",
                        "author=grafana address=127.0.0.1 refused=PUT /v1/overrides/203.0.113.9 reason=its role is read",
                        "author=- address=127.0.0.1 refused=PUT /v1/overrides/203.0.113.9 reason=no known token",
                        "author=mara@example.org address=127.0.0.1 changed=delete override 203.0.113.9 comment=over");
    }

    @Test
    void withoutAnyTokenItSaysHowToMakeOne() throws Exception {
        server.close();
        server = TestServers.listen(Map.of(), false);
        Asked asked = Asked.get(server, "/v1/cluster");
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.detail()).contains("'weir token create' makes one");
        assertThat(Asked.get(server, "/health/live").status()).isEqualTo(200);
        assertThat(Asked.get(server, "/metrics").status()).isEqualTo(200);
    }

    /** Browsers of people on this machine must not be made use of by what they look at. */
    @ParameterizedTest
    @CsvSource({
        "Host, weir.attacker.example:8451, 421",
        "Host, 203.0.113.7:8451, 421",
        "Host, localhost.attacker.example, 421",
        "Origin, https://attacker.example, 403",
        "Origin, null, 403",
        "Origin, http://localhost:1, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "X-Forwarded-For, 203.0.113.7, 403",
        "Forwarded, for=203.0.113.7, 403",
        "Via, 1.1 proxy, 403",
        "Host, localhost:8451, 503",
        "Host, [::1]:8451, 503",
        "Sec-Fetch-Site, same-origin, 503",
        "Sec-Fetch-Site, none, 503",
    })
    void anOpenPortIsForThisMachineAlone(String header, String value, int status) throws Exception {
        try (WeirServer open = TestServers.open()) {
            String hosts = header.equals("Host") ? "" : "Host: " + open.address() + "\r\n";
            String answer = raw(
                    open,
                    "GET /v1/cluster HTTP/1.1\r\n" + hosts + header + ": " + value + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
            assertThat(answer).contains("application/problem+json");
        }
    }

    /** A token is no cookie: no page makes a browser show it. */
    @Test
    void whoShowsATokenMayComeThroughAProxy() throws Exception {
        server.serve(TestServers.engine(new FakeQueries()));
        Asked asked = Asked.send(
                server,
                "GET",
                "/v1/cluster",
                null,
                Map.of("Authorization", "Bearer " + reader.token(), "X-Forwarded-For", "203.0.113.7"));
        assertThat(asked.status()).isEqualTo(200);
    }

    @Test
    void anAddressThatOthersCanReachTakesTlsAndTokens() throws Exception {
        assertThatThrownBy(() -> TestServers.listen(Map.of("http.host", "0.0.0.0"), true))
                .isInstanceOf(HttpServerException.class)
                .hasMessage("http.host = 0.0.0.0 can be reached from other machines, which takes TLS: set"
                        + " http.tls.certificate.file and http.tls.key.file; or set http.host to 127.0.0.1");
        Certificates certificates = Certificates.in(dir);
        Map<String, String> tls = Map.of(
                "http.host", "0.0.0.0",
                "http.tls.certificate.file", certificates.certificate().toString(),
                "http.tls.key.file", certificates.key().toString());
        assertThatThrownBy(() -> TestServers.listen(tls, true))
                .hasMessage("http.host = 0.0.0.0 can be reached from other machines, which takes tokens: 'weir token"
                        + " create' makes one, and http.tokens.file makes it known; or set http.host to 127.0.0.1");
    }

    @Test
    void tooManyRequestsAreToldToWait() throws Exception {
        try (WeirServer busy = TestServers.listen(Map.of("http.requests.per.second", "5"), true)) {
            List<Integer> statuses = new ArrayList<>();
            Asked last = null;
            for (int i = 0; i < 20; i++) {
                last = Asked.get(busy, "/health/live");
                statuses.add(last.status());
            }
            assertThat(statuses).startsWith(200, 200, 200, 200, 200).contains(429);
            while (last.status() != 429) {
                last = Asked.get(busy, "/health/live");
            }
            assertThat(last.header("Retry-After")).isEqualTo("1");
            assertThat(last.detail()).startsWith("too many requests from 127.0.0.1");
        }
    }

    /** What Jetty answers itself is a problem document, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v1/senders/../../etc/passwd HTTP/1.1 | 404",
                "GET //v1//senders//203.0.113.7 HTTP/1.1 | 404",
                "GET /v1/senders/%zz HTTP/1.1 | 400",
                "GET /v1/senders/..;/openapi.json HTTP/1.1 | 400",
                "GET /v1/%2e%2e/health/live HTTP/1.1 | 404",
                "GET http://attacker.example/v1/cluster HTTP/1.1 | 400",
                "FOO / HTTP/1.1 | 405",
                "GET / HTTP/9.9 | 505",
            })
    void tricksWithPathsComeToNothing(String line, int status) throws Exception {
        try (WeirServer open = TestServers.open()) {
            open.serve(TestServers.engine(new FakeQueries()));
            String answer = raw(open, line + "\r\nHost: " + open.address() + "\r\nConnection: close\r\n\r\n");
            int told = Integer.parseInt(answer.substring(9, 12));
            assertThat(told).as(answer).isBetween(400, 505).isNotEqualTo(500);
            assertThat(answer).contains("application/problem+json").doesNotContain("root:", "Jetty", "Javalin");
            assertThat(told).as(answer).isEqualTo(status);
        }
    }

    @Test
    void aHeadThatIsTooLongIsAProblemToo() throws Exception {
        String answer = raw(server, "GET /health/live HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("the head of the request may have 8 KiB");
    }

    /** Without a length nobody knows beforehand how much comes. */
    @Test
    void aBodyWithoutALengthIsBoundedAsWell() throws Exception {
        try (WeirServer open = TestServers.open()) {
            open.serve(TestServers.engine(new FakeQueries()));
            StringBuilder chunks = new StringBuilder();
            String chunk = "x".repeat(0x8000);
            for (int i = 0; i < 20; i++) {
                chunks.append("8000\r\n").append(chunk).append("\r\n");
            }
            String answer = raw(
                    open,
                    "PUT /v1/overrides/203.0.113.9 HTTP/1.1\r\nHost: " + open.address()
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                            + chunks + "0\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("a body may have 524288 bytes");
        }
    }

    @Test
    void aTokenIsTakenBackWithoutARestart() throws Exception {
        Path file = Files.writeString(dir.resolve("tokens"), "# who may\n" + reader.line() + "\n");
        long[] now = {0};
        AccessTokens tokens = AccessTokens.of("", file, () -> now[0]);
        assertThat(tokens.holderOf(reader.token())).hasValue(new AccessTokens.Holder("grafana", Role.READ));
        Files.writeString(file, operator.line() + "\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(5_000));
        assertThat(tokens.holderOf(reader.token())).isPresent();
        now[0] = 2_000;
        assertThat(tokens.holderOf(reader.token())).isEmpty();
        assertThat(tokens.holderOf(operator.token())).isPresent();
        Files.writeString(file, "no such line\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(9_000));
        now[0] = 4_000;
        assertThat(tokens.holderOf(operator.token())).isPresent();
        assertThatThrownBy(() -> AccessTokens.of("", file, () -> 0))
                .hasMessageStartingWith(file + " line 1 must be NAME:ROLE:HASH")
                .hasMessageNotContaining("no such line");
    }

    private Asked get(String token) throws Exception {
        return send("GET", "/v1/reasons", token);
    }

    private Asked put(String token) throws Exception {
        return Asked.send(
                server, "PUT", "/v1/overrides/203.0.113.9", OVERRIDE, Map.of("Authorization", "Bearer " + token));
    }

    private Asked send(String method, String path, String token) throws Exception {
        return Asked.send(server, method, path, null, Map.of("Authorization", "Bearer " + token));
    }

    /** What no client of good manners would send. */
    private static String raw(WeirServer to, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", to.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                // Closed with something of ours unread: what was answered has come before.
            }
            return answer.toString();
        }
    }
}
