package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.engine.EngineState;
import io.weir.model.RulesChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the document says is what is answered, and what is answered is what the document says. */
class ContractTest {
    private static final OpenApiDocument DOCUMENT = new OpenApiDocument();
    private static final String OVERRIDE =
            "{\"action\":\"throttle\",\"admit\":0.05,\"for\":\"2d\",\"comment\":\"known\"}";
    private static final String PLANNED =
            "{\"action\":\"planned\",\"volume\":50000,\"from\":\"2026-12-01T06:00Z\",\"until\":\"2026-12-03T00:00Z\",\"comment\":\"told\"}";
    private static final String CONNECTOR =
            "{\"kind\":\"on-premises\",\"clientNetworks\":[\"192.0.2.0/28\"],\"comment\":\"ours\"}";

    private static final FakeVerdicts VERDICTS = new FakeVerdicts();
    private static WeirServer server;
    private static WeirServer closedDoor;

    @BeforeAll
    static void serve() {
        server = TestServers.listen(Map.of("http.requests.per.second", "100000"), true);
        FakeQueries queries = new FakeQueries();
        FakeOperators operators = new FakeOperators();
        operators.rules(new RulesChange("operator mara", 1_000, Map.of("mode.newcomer-volume", "enforce")));
        VERDICTS.publish(queries.verdict());
        VERDICTS.publish(queries.alarm());
        server.serve(new Served(() -> EngineState.READY, queries, Moment.ofEvents(), operators, VERDICTS));
        closedDoor = TestServers.listen(Map.of(), false);
    }

    @AfterAll
    static void close() {
        server.close();
        closedDoor.close();
    }

    /** One question, and what it must come to. */
    record Case(String operation, String path, String body, int status) {
        static Case get(String operation, String path, int status) {
            return new Case("GET " + operation, path, null, status);
        }

        @Override
        public String toString() {
            return operation.substring(0, operation.indexOf(' ')) + " " + path + " -> " + status;
        }
    }

    /** In this order, since some of them change something. */
    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        String sender = "/v1/senders/{address}";
        for (String address : List.of(FakeQueries.KNOWN, FakeQueries.RELAY)) {
            cases.add(Case.get(sender, "/v1/senders/" + address, 200));
        }
        cases.add(Case.get(sender, "/v1/senders/203.0.113.200", 404));
        cases.add(Case.get(sender, "/v1/senders/2001:db8::1", 404));
        cases.add(Case.get(sender, "/v1/senders/pool:acme", 404));
        cases.add(Case.get(sender, "/v1/senders/" + FakeQueries.MOVING, 503));
        cases.add(Case.get(sender, "/v1/senders/" + FakeQueries.REMOTE, 503));
        cases.add(Case.get(sender, "/v1/senders/" + FakeQueries.COPIED, 503));
        for (String bad : List.of(
                "nobody",
                "300.1.1.1",
                "203.0.113.7%0d%0aX-Evil:%20yes",
                "203.0.113.7%00",
                "203.0.113.7%2F24",
                "%2e%2e%2fetc%2fpasswd",
                "'%20or%201=1--",
                "%3Cscript%3E",
                "pool:",
                "1".repeat(2_000))) {
            cases.add(Case.get(sender, "/v1/senders/" + bad, 400));
        }
        cases.add(Case.get(sender, "/v1/senders/203.0.113.7?verbose", 400));
        String history = sender + "/history";
        cases.add(Case.get(history, "/v1/senders/203.0.113.7/history", 200));
        cases.add(Case.get(history, "/v1/senders/203.0.113.7/history?step=P1D&from=2026-11-01T00:00:00Z", 200));
        cases.add(Case.get(history, "/v1/senders/203.0.113.200/history?to=1795503060123", 200));
        for (String bad : List.of("step=PT5M", "from=yesterday", "from=5&to=4", "from=0", "to=99999999999999999999")) {
            cases.add(Case.get(history, "/v1/senders/203.0.113.7/history?" + bad, 400));
        }
        cases.add(Case.get(sender + "/verdicts", "/v1/senders/203.0.113.7/verdicts", 200));
        cases.add(Case.get(sender + "/verdicts", "/v1/senders/203.0.113.7/verdicts?from=x", 400));
        String network = "/v1/networks/{address}/{bits}";
        cases.add(Case.get(network, "/v1/networks/" + FakeQueries.KNOWN_NETWORK, 200));
        cases.add(Case.get(network, "/v1/networks/203.0.113.0/24", 404));
        cases.add(Case.get(network, "/v1/networks/203.0.113.0/25", 400));
        cases.add(Case.get(network, "/v1/networks/203.0.113.0/-1", 400));
        cases.add(Case.get("/v1/senders", "/v1/senders?throttled", 200));
        cases.add(Case.get("/v1/senders", "/v1/senders?alarms=true", 200));
        cases.add(Case.get("/v1/senders", "/v1/senders?throttled&reason=newcomer-volume&limit=1", 200));
        for (String bad : List.of(
                "",
                "?throttled=perhaps",
                "?throttled&limit=0",
                "?throttled&limit=1001",
                "?throttled&limit=1e3",
                "?throttled&reason=none",
                "?throttled&cursor=..%2F",
                "?throttled&cursor=%00",
                "?throttled&networks=all")) {
            cases.add(Case.get("/v1/senders", "/v1/senders" + bad, 400));
        }
        cases.add(Case.get("/v1/verdicts", "/v1/verdicts", 200));
        cases.add(Case.get("/v1/verdicts", "/v1/verdicts?reason=newcomer-volume&limit=1", 200));
        cases.add(Case.get("/v1/verdicts", "/v1/verdicts?limit=10001", 400));
        cases.add(Case.get("/v1/verdicts/stream", "/v1/verdicts/stream", 406));
        cases.add(Case.get("/v1/verdicts/stream", "/v1/verdicts/stream?reason=x", 400));
        cases.add(Case.get("/v1/reasons", "/v1/reasons", 200));
        cases.add(Case.get("/v1/reasons", "/v1/reasons?x=1", 400));
        cases.add(Case.get("/v1/rules", "/v1/rules", 200));
        cases.add(Case.get("/v1/rules", "/v1/rules?history", 200));
        cases.add(Case.get("/v1/rules", "/v1/rules?history=maybe", 400));
        cases.add(Case.get("/v1/cluster", "/v1/cluster", 200));
        cases.add(Case.get("/v1/cluster", "/v1/cluster?x", 400));
        cases.add(Case.get("/v1/openapi.json", "/v1/openapi.json", 200));
        cases.add(Case.get("/v1/openapi.json", "/v1/openapi.json?x", 400));
        cases.add(Case.get("/health/live", "/health/live", 200));
        cases.add(Case.get("/health/ready", "/health/ready", 200));
        cases.add(Case.get("/metrics", "/metrics", 200));
        cases.add(Case.get("/v1/edge", "/v1/edge", 401));
        cases.add(Case.get("/v1/edge/probe", "/v1/edge/probe?address=203.0.113.7", 401));
        cases.add(new Case("DELETE /v1/edge/brake", "/v1/edge/brake", null, 401));
        cases.add(Case.get("/v1/peer/throttled", "/v1/peer/throttled", 401));
        cases.add(Case.get("/v1/peer/report", "/v1/peer/report", 401));
        help(cases);
        planned(cases);
        overrides(cases, "/v1/overrides/{address}", "/v1/overrides/203.0.113.9");
        overrides(cases, "/v1/overrides/{address}/{bits}", "/v1/overrides/2001:db8:1:2::/64");
        cases.add(Case.get("/v1/overrides", "/v1/overrides?expired", 200));
        cases.add(Case.get("/v1/overrides", "/v1/overrides?expire", 400));
        connectors(cases);
        cases.add(Case.get("/v1/changes", "/v1/changes", 200));
        cases.add(Case.get("/v1/changes", "/v1/changes?kind=connector&key=hq&limit=1", 200));
        cases.add(Case.get("/v1/changes", "/v1/changes?kind=rules", 400));
        return cases;
    }

    private static void help(List<Case> cases) {
        String known = new FakeQueries().verdict().caseId();
        cases.add(Case.get("/help", "/help", 200));
        cases.add(Case.get("/help/help.css", "/help/help.css", 200));
        cases.add(Case.get("/help/{case}", "/help/" + known, 200));
        cases.add(Case.get("/help/{case}", "/help/AAAAAAAAAAAAAAAA", 404));
        cases.add(Case.get("/help/{case}", "/help/" + FakeQueries.CASE_ELSEWHERE, 503));
        cases.add(Case.get("/help/{case}", "/help/" + known + "?wanted=many", 400));
        cases.add(new Case("POST /help", "/help", "bounce=451+4.7.500+limited", 200));
        cases.add(new Case("POST /help", "/help", "bounce=", 400));
        cases.add(new Case("POST /help", "/help", "bounce=" + "x".repeat(Form.MOST_BYTES), 413));
        cases.add(new Case("POST /v1/explain", "/v1/explain", "451 4.7.500 limited (AS510)", 200));
        cases.add(new Case("POST /v1/explain", "/v1/explain?wanted=0", "451 4.7.500 limited", 400));
        cases.add(new Case("POST /v1/explain", "/v1/explain", "x".repeat(300_000), 413));
        cases.add(Case.get("/v1/peer/cases/{case}", "/v1/peer/cases/" + known, 401));
    }

    private static void planned(List<Case> cases) {
        String put = "PUT /v1/overrides/{address}";
        String network = "PUT /v1/overrides/{address}/{bits}";
        cases.add(new Case(put, "/v1/overrides/198.51.100.9", PLANNED, 201));
        cases.add(Case.get("/v1/overrides", "/v1/overrides", 200));
        cases.add(new Case(network, "/v1/overrides/203.0.113.0/24", PLANNED, 400));
        for (String bad : List.of(
                PLANNED.replace("50000", "1000000001"),
                PLANNED.replace("50000", "1e30"),
                PLANNED.replace("2026-12-01T06:00Z", "2026-12-01"),
                PLANNED.replace("2026-12-03T00:00Z", "2026-12-01T06:00Z"),
                PLANNED.replace("2026-12-03T00:00Z", "2020-12-01T06:00Z"),
                PLANNED.replace("\"comment\"", "\"for\":\"1d\",\"comment\""))) {
            cases.add(new Case(put, "/v1/overrides/198.51.100.9", bad, 400));
        }
    }

    private static void overrides(List<Case> cases, String operation, String path) {
        cases.add(Case.get(operation, path, 404));
        cases.add(new Case("PUT " + operation, path, OVERRIDE, 201));
        cases.add(new Case("PUT " + operation, path, OVERRIDE, 200));
        cases.add(Case.get(operation, path, 200));
        cases.add(new Case(
                "PUT " + operation,
                path,
                OVERRIDE.replace("throttle", "planned").replace("\"admit\":0.05", "\"volume\":50000"),
                200));
        cases.add(Case.get("/v1/overrides", "/v1/overrides", 200));
        cases.add(Case.get("/v1/senders/{address}", "/v1/senders/" + FakeQueries.RELAY, 200));
        for (String bad : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"action\":\"allow\"}{}",
                OVERRIDE.replace("throttle", "block"),
                OVERRIDE.replace("0.05", "1.5"),
                OVERRIDE.replace("0.05", "\"5%\""),
                OVERRIDE.replace("2d", "forever"),
                OVERRIDE.replace("2d", "367d"),
                OVERRIDE.replace("\"2d\"", "2"),
                OVERRIDE.replace("known", ""),
                OVERRIDE.replace("throttle", "planned"),
                OVERRIDE.replace("\"for\"", "\"volume\":7,\"for\""),
                OVERRIDE.replace("\"for\"", "\"from\":\"soon\",\"for\""),
                OVERRIDE.replace("known", "a\\r\\nb"),
                OVERRIDE.replace("known", "x".repeat(513)),
                OVERRIDE.replace("\"comment\"", "\"remark\""),
                OVERRIDE.replace("{", "{\"author\":\"mallory\","),
                OVERRIDE.replace("{", "{\"action\":\"allow\","))) {
            cases.add(new Case("PUT " + operation, path, bad, 400));
        }
        cases.add(new Case("PUT " + operation, path, "{\"comment\":\"" + "x".repeat(600_000) + "\"}", 413));
        cases.add(new Case("DELETE " + operation, path + "?comment=a%0d%0ab", null, 400));
        cases.add(new Case("DELETE " + operation, path + "?comment=over", null, 204));
        cases.add(new Case("DELETE " + operation, path, null, 404));
        cases.add(new Case("PUT /v1/overrides/{address}", "/v1/overrides/mx.example.org", OVERRIDE, 400));
        cases.add(new Case("PUT /v1/overrides/{address}/{bits}", "/v1/overrides/203.0.113.7/24", OVERRIDE, 400));
    }

    private static void connectors(List<Case> cases) {
        String operation = "/v1/connectors/{name}";
        cases.add(Case.get(operation, "/v1/connectors/hq", 404));
        cases.add(new Case("PUT " + operation, "/v1/connectors/hq?comment=first", CONNECTOR, 201));
        cases.add(new Case("PUT " + operation, "/v1/connectors/hq", CONNECTOR, 200));
        cases.add(new Case("PUT " + operation, "/v1/connectors/branch", CONNECTOR, 201));
        cases.add(Case.get(operation, "/v1/connectors/hq", 200));
        cases.add(Case.get("/v1/connectors", "/v1/connectors", 200));
        cases.add(Case.get(operation + "/validation", "/v1/connectors/hq/validation", 200));
        cases.add(Case.get(operation + "/validation", "/v1/connectors/nobody/validation", 404));
        cases.add(Case.get(operation + "/validation", "/v1/connectors/-hq/validation", 400));
        cases.add(Case.get("/v1/senders/{address}", "/v1/senders/" + FakeQueries.KNOWN, 200));
        for (String bad : List.of(
                "{}",
                CONNECTOR.replace("on-premises", "friend"),
                CONNECTOR.replace("/28", "/4000"),
                CONNECTOR.replace("\"kind\"", "\"requireTLS\":true,\"kind\""),
                CONNECTOR.replace("\"kind\"", "\"name\":\"other\",\"kind\""))) {
            cases.add(new Case("PUT " + operation, "/v1/connectors/hq", bad, 400));
        }
        cases.add(new Case(
                "PUT " + operation, "/v1/connectors/hq", "{\"comment\":\"" + "x".repeat(600_000) + "\"}", 413));
        for (String name : List.of("%2e%2e%2fhq", "h%20q", "hq%00", "-hq", "x".repeat(65))) {
            cases.add(Case.get(operation, "/v1/connectors/" + name, 400));
        }
        cases.add(new Case("DELETE " + operation, "/v1/connectors/hq", null, 204));
        cases.add(new Case("DELETE " + operation, "/v1/connectors/hq", null, 404));
        cases.add(Case.get("/v1/connectors", "/v1/connectors?x", 400));
    }

    @Test
    void everyAnswerIsAsTheDocumentSays() throws Exception {
        for (Case one : cases()) {
            String method = one.operation.substring(0, one.operation.indexOf(' '));
            Asked asked = Asked.send(server, method, one.path, one.body, Map.of());
            assertThat(asked.status())
                    .as("%s: %s", one, asked.response().body())
                    .isEqualTo(one.status);
            assertThat(DOCUMENT.problems(
                            one.operation,
                            one.status,
                            asked.header("Content-Type").split(";")[0],
                            asked.response().body()))
                    .as("%s: %s", one, asked.response().body())
                    .isEmpty();
            assertThat(asked.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(asked.header("Cache-Control"))
                    .isEqualTo(one.path.endsWith(".css") ? "max-age=3600" : "no-store");
            assertThat(asked.response().headers().map()).doesNotContainKeys("x-evil", "server");
        }
    }

    @Test
    void everyRouteIsInTheDocumentAndEveryOperationIsARoute() {
        Set<String> routes = new TreeSet<>();
        server.all().forEach(route -> routes.add(route.method().name() + " " + route.path()));
        assertThat(DOCUMENT.operations().keySet()).containsExactlyElementsOf(routes);
    }

    /** No operation without a case; and each with every status that a single request can bring about. */
    @Test
    void everyOperationIsAsked() {
        Set<String> asked = new LinkedHashSet<>();
        Set<String> answered = new LinkedHashSet<>();
        cases().forEach(one -> {
            asked.add(one.operation);
            answered.add(one.operation + " " + one.status);
        });
        assertThat(asked).containsAll(DOCUMENT.operations().keySet());
        DOCUMENT.operations()
                .forEach((operation, described) -> described
                        .path("responses")
                        .fieldNames()
                        .forEachRemaining(status -> {
                            boolean isAnyones = Set.of("200", "201", "204", "404", "406", "413")
                                    .contains(status);
                            boolean takesAToken = operation.contains("/v1/edge")
                                    || operation.contains("/v1/peer")
                                    || operation.contains("/v1/peer/cases");
                            if (isAnyones
                                    && !takesAToken
                                    && !(operation + status).equals("GET /v1/verdicts/stream200")) {
                                assertThat(answered).contains(operation + " " + status);
                            }
                        }));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anotherMethodIsRefusedEverywhereAndSaysWhichAreNot(String operation) throws Exception {
        String path = path(operation);
        for (String method : List.of("PATCH", "POST", "TRACE", "OPTIONS")) {
            if (DOCUMENT.operations().containsKey(method + operation.substring(operation.indexOf(' ')))) {
                continue;
            }
            Asked asked = Asked.send(server, method, path, null, Map.of());
            assertThat(asked.status()).as("%s %s", method, path).isEqualTo(405);
            assertThat(asked.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(asked.header("Allow")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void withoutATokenAClosedDoorTellsNothing(String operation) throws Exception {
        String method = operation.substring(0, operation.indexOf(' '));
        boolean isForAll = operation.contains("/help")
                || operation.contains("/health/")
                || operation.endsWith("openapi.json")
                || operation.endsWith("/metrics");
        String body = method.equals("PUT") ? OVERRIDE : null;
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("Authorization", "Bearer weir_nonsense"),
                Map.of("Authorization", "Basic YTpi"),
                Map.of("Authorization", "bearer"))) {
            Asked asked = Asked.send(closedDoor, method, path(operation), body, headers);
            if (isForAll) {
                assertThat(asked.status()).isIn(200, 400, 503);
            } else {
                assertThat(asked.status()).as(operation).isEqualTo(401);
                assertThat(asked.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp")) {
            Asked asked =
                    Asked.send(server, "PUT", "/v1/overrides/203.0.113.9", OVERRIDE, Map.of("Content-Type", type));
            assertThat(asked.status()).isEqualTo(415);
            assertThat(DOCUMENT.problems(
                            "PUT /v1/overrides/{address}",
                            415,
                            asked.header("Content-Type"),
                            asked.response().body()))
                    .isEmpty();
        }
    }

    @Test
    void recordsAreAsTheirTopicsHaveThem() throws Exception {
        for (Map.Entry<String, String> one : Map.of(
                        "Verdict", "verdict", "Override", "override", "Connector", "connector", "Change", "change")
                .entrySet()) {
            JsonNode topic = new ObjectMapper()
                    .readTree(Files.readAllBytes(Path.of("topics", "schemas", one.getValue() + ".schema.json")));
            JsonNode ours = DOCUMENT.json().at("/components/schemas/" + one.getKey());
            assertThat(names(ours)).as(one.getKey()).isEqualTo(names(topic));
            assertThat(ours.path("required")).isEqualTo(topic.path("required"));
        }
    }

    private static Set<String> names(JsonNode schema) {
        Set<String> names = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> operations() {
        return List.copyOf(DOCUMENT.operations().keySet());
    }

    private static String path(String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{address}", "203.0.113.0")
                .replace("{bits}", "24")
                .replace("{name}", "hq")
                .replace("{case}", "AAAAAAAAAAAAAAAA");
    }
}
