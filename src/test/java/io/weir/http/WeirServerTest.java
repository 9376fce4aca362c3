package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.engine.EngineState;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirServerTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WeirServer server = TestServers.listen(Map.of(), true, registry);
    private final FakeQueries queries = new FakeQueries();
    private EngineState state = EngineState.READY;

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsAllThatIsKnownOfASender() throws Exception {
        serve();
        HttpResponse<String> response = get("/v1/senders/" + FakeQueries.KNOWN);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode json = new ObjectMapper().readTree(response.body());
        assertThat(json.path("sender").asText()).isEqualTo(FakeQueries.KNOWN);
        assertThat(json.path("network").asText()).isEqualTo("203.0.113.0/24");
        assertThat(json.path("asOfMs").asLong()).isEqualTo(FakeQueries.NOW_MS);
        assertThat(json.path("standing").asText()).isEqualTo("newcomer");
        assertThat(json.path("life").path("firstDay").asText()).isEqualTo("2026-11-23");
        assertThat(json.path("budgets")).hasSize(3);
        assertThat(json.at("/budgets/0/horizon").asText()).isEqualTo("5m");
        assertThat(json.at("/budgets/0/allowance").asLong()).isGreaterThanOrEqualTo(40);
        assertThat(json.at("/budgets/0/freeNow").asLong()).isZero();
        assertThat(json.path("bounces")).isEmpty();
        assertThat(json.at("/today/attempts").asLong()).isEqualTo(400);
        assertThat(json.at("/today/admitted").asLong()).isEqualTo(400);
        assertThat(json.at("/today/wouldDefer").asLong()).isZero();
        assertThat(json.path("ramp")).hasSize(10);
        assertThat(json.at("/ramp/0/date").asText()).isEqualTo("2026-11-23");
        assertThat(json.at("/ramp/9/date").asText()).isEqualTo("2026-12-02");
        assertThat(json.at("/ramp/9/volume").asLong())
                .isGreaterThan(json.at("/ramp/0/volume").asLong());
    }

    @Test
    void tellsApartWhatASenderSendsByAConnector() throws Exception {
        serve();
        JsonNode json = new ObjectMapper()
                .readTree(get("/v1/senders/" + FakeQueries.RELAY).body());

        assertThat(json.path("sender").asText()).isEqualTo(FakeQueries.RELAY);
        assertThat(json.has("standing")).isFalse();
        assertThat(json.path("connectors")).hasSize(1);
        assertThat(json.at("/connectors/0/connector").asText()).isEqualTo("hq");
        assertThat(json.at("/connectors/0/standing").asText()).isEqualTo("established");
        assertThat(json.at("/connectors/0/throttle/mode").asText()).isEqualTo("shadow");
        assertThat(json.at("/connectors/0/throttle/case").asText())
                .isEqualTo(queries.alarm().caseId());
        JsonNode ordinary = new ObjectMapper()
                .readTree(get("/v1/senders/" + FakeQueries.KNOWN).body());
        assertThat(ordinary.path("connectors")).isEmpty();
    }

    @Test
    void saysWhyASenderIsThrottledAndWhatToDo() throws Exception {
        serve();
        JsonNode throttle = new ObjectMapper()
                .readTree(get("/v1/senders/" + FakeQueries.KNOWN).body())
                .path("throttle");

        assertThat(throttle.path("reason").asText()).isEqualTo("newcomer-volume");
        assertThat(throttle.path("mode").asText()).isEqualTo("shadow");
        assertThat(throttle.path("admit").asDouble()).isBetween(0.001, 0.99);
        assertThat(throttle.path("case").asText()).isEqualTo(queries.verdict().caseId());
        assertThat(throttle.path("observed").asLong())
                .isEqualTo(queries.verdict().observed());
        assertThat(throttle.path("allowance").asLong())
                .isEqualTo(queries.verdict().allowance());
        assertThat(throttle.path("enhancedStatusCode").asText()).isEqualTo("4.7.501");
        assertThat(throttle.path("as").asInt()).isEqualTo(511);
        assertThat(throttle.path("meaning").asText()).endsWith(".");
        assertThat(throttle.path("fix").asText()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/senders/nobody | 400 | not an IP address: 'nobody'; give an IPv4 or IPv6 address, or pool:NAME",
                "/v1/senders/203.0.113.7%2F24 | 400 | not an IP address: '203.0.113.7/24'; give an IPv4 or IPv6 address,"
                        + " or pool:NAME",
                "/v1/senders/203.0.113.8 | 404 | nothing is known of 203.0.113.8: it has sent nothing lately, and would"
                        + " be a newcomer",
                "/v1/senders/2001:DB8::1 | 404 | nothing is known of 2001:db8::/64: it has sent nothing lately, and would"
                        + " be a newcomer",
                "/v1/senders/pool:acme | 404 | nothing is known of pool:acme: it has sent nothing lately, and would be a"
                        + " newcomer",
                "/v1/senders/198.51.100.3 | 503 | partitions are being assigned; try again",
                "/v1/senders/198.51.100.4 | 500 | the answer failed; the log of the engine says why",
                "/v1/senders/198.51.100.1 | 503 | this is known to the engine at 127.0.0.1:1, which does not answer; try again",
                "/v1/senders/198.51.100.2 | 503 | this is known to the engine at 127.0.0.1:1, which does not answer; try again",
                "/v1/networks/203.0.113.0/25 | 400 | '203.0.113.0/25' is no network whose newcomers share a budget; there,"
                        + " such are 203.0.113.0/24; give an IPv4 /24 or an IPv6 /56 or /48, such as 203.0.113.0/24",
                "/v1/networks/203.0.113.0/24 | 404 | nothing is known of 203.0.113.0/24: no sender of it lately",
                "/v1/nothing | 404 | there is no /v1/nothing; /v1/openapi.json says what there is",
            })
    void anErrorIsAProblemDocument(String path, int status, String detail) throws Exception {
        serve();
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertProblem(response, detail);
    }

    @Test
    void whoeverMustWaitIsToldHowLong() throws Exception {
        serve();
        assertThat(get("/v1/senders/" + FakeQueries.MOVING).headers().firstValue("Retry-After"))
                .hasValue("3");
        assertThat(get("/v1/senders/" + FakeQueries.REMOTE).headers().firstValue("Retry-After"))
                .hasValue("1");
    }

    @Test
    void beforeThereIsAnEngineItIsAliveAndNotReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        HttpResponse<String> response = get("/v1/senders/" + FakeQueries.KNOWN);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertProblem(response, "the engine has not started yet; try again");
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, 200, 503",
        "RESTORING, 200, 503",
        "READY, 200, 200",
        "FAILED, 503, 503",
        "CLOSED, 503, 503",
    })
    void healthFollowsTheEngine(EngineState now, int live, int ready) throws Exception {
        serve();
        state = now;
        assertThat(get("/health/live").statusCode()).isEqualTo(live);
        assertThat(get("/health/ready").statusCode()).isEqualTo(ready);
        assertThat(get("/health/ready").body())
                .isEqualTo("{\"state\":\"" + now.name().toLowerCase(Locale.ROOT) + "\"}");
    }

    @Test
    void metersAreThereToBeScraped() throws Exception {
        registry.counter("weir.events", "outcome", "admitted").increment(3);
        HttpResponse<String> response = get("/metrics");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).contains("weir_events_total{outcome=\"admitted\"} 3.0");
    }

    @Test
    void nothingButQuestionsIsAnswered() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri("/health/live"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertProblem(response, "only GET is answered here");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void doesNotSayWhatItIsMadeOf() throws Exception {
        assertThat(get("/health/live").headers().map()).doesNotContainKeys("server", "Server");
    }

    @Test
    void aNameThatIsNoAddressIsNamed() {
        assertThatThrownBy(() -> TestServers.listen(Map.of("http.host", "weir.invalid"), true))
                .hasMessage("http.host = weir.invalid is not an address of this machine");
    }

    @Test
    void aTakenPortIsNamedTogetherWithItsSetting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> TestServers.listen(Map.of("http.port", Integer.toString(port)), true))
                    .isInstanceOf(HttpServerException.class)
                    .hasMessage("port " + port + " on 127.0.0.1 is in use or not ours to listen on; set http.port to"
                            + " another port, or to 0 to choose a free one");
        }
    }

    private void serve() {
        server.serve(new Served(() -> state, queries, Moment.ofEvents(), new FakeOperators(), new FakeVerdicts()));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + server.address() + path);
    }

    private static void assertProblem(HttpResponse<String> response, String detail) throws Exception {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
    }
}
