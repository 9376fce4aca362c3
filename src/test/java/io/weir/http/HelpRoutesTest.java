package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.AccessTokens;
import io.weir.config.PeerToken;
import io.weir.config.Role;
import io.weir.explain.Bounce;
import io.weir.explain.Site;
import io.weir.explain.page.HelpPage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpRoutesTest {
    private static final String LINE =
            "host mx.corp.example[192.0.2.1] said: 451 4.7.501 [203.0.113.7] limited (AS511)";

    private static final String PEER = PeerToken.of(TestServers.secret()).header();

    private final WeirServer server = TestServers.open();
    private final FakeQueries queries = new FakeQueries();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theFormAndItsStyle() throws Exception {
        HttpResponse<String> form = get("/help");
        assertThat(form.statusCode()).isEqualTo(200);
        assertThat(form.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(form.headers().firstValue("Content-Security-Policy")).hasValue(HelpPage.POLICY);
        assertThat(form.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(form.body()).isEqualTo(HelpPage.ask());
        HttpResponse<String> style = get("/help/help.css");
        assertThat(style.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
        assertThat(style.body()).isEqualTo(HelpPage.style());
    }

    @Test
    void whatIsPastedIsExplainedWithoutAScript() throws Exception {
        serve();
        HttpResponse<String> page = paste(LINE + "\n\u00fc & = %", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("This reply is ours", "newcomer-volume", "\u00fc &amp; = %");
    }

    @Test
    void aCaseIsShownInBandsToStrangers() throws Exception {
        serve();
        HttpResponse<String> page = get("/help/" + queries.verdict().caseId() + "?wanted=3000");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("203.0.113.7", "300 to 500 recipients tried", "3,000 recipients a day are free")
                .doesNotContain(">400 ", " 400 recipients");
    }

    @Test
    void aNetworksCaseNamesNoneOfItsSenders() throws Exception {
        serve();
        String page = get("/help/" + queries.together().caseId(), "X-Forwarded-For", "192.0.2.1")
                .body();
        assertThat(page)
                .contains(
                        FakeQueries.KNOWN_NETWORK,
                        "network-newcomers",
                        "What is allowed, day by day",
                        "70 to 100 recipients tried")
                .doesNotContainPattern("192\\.0\\.2\\.(?!0/24)\\d")
                .doesNotContain("203.0.113.");
    }

    @Test
    void exactFiguresAreForTheAddressItself() throws Exception {
        serve();
        String path = "/help/" + queries.verdict().caseId();
        assertThat(get(path, "X-Forwarded-For", "198.51.100.9, " + FakeQueries.KNOWN)
                        .body())
                .contains("400 recipients tried");
        assertThat(get(path, "X-Forwarded-For", FakeQueries.KNOWN + ", 198.51.100.9")
                        .body())
                .doesNotContain("400 recipients tried");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAAAAAAAAAAAAAA", "x", "..%2f..%2fetc", "%3Cscript%3E", "451%204.7.500"})
    void whatIsNotKnownLooksTheSame(String caseId) throws Exception {
        serve();
        HttpResponse<String> page = get("/help/" + caseId);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).isEqualTo(HelpPage.unknown());
    }

    @Test
    void whatCannotBeLookedUpIsNotCalledUnknown() throws Exception {
        assertThat(get("/help/AAAAAAAAAAAAAAAA").statusCode()).isEqualTo(503);
        serve();
        HttpResponse<String> moving = get("/help/" + FakeQueries.MOVING_CASE);
        assertThat(moving.statusCode()).isEqualTo(503);
        assertThat(moving.headers().firstValue("Retry-After")).hasValue("3");
        assertThat(get("/help/" + FakeQueries.CASE_ELSEWHERE).statusCode()).isEqualTo(503);
    }

    @Test
    void whatIsTooMuchOrNothingIsSaidSo() throws Exception {
        HttpResponse<String> large = paste("x".repeat(Form.MOST_BYTES), "");
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("That is too much: at most 256 kB are read.");
        assertThat(paste("  ", "").statusCode()).isEqualTo(400);
        assertThat(paste(LINE, "many").body()).contains("must be a whole number from 1 to 1000000000.");
        assertThat(paste(LINE, "99999999999").statusCode()).isEqualTo(400);
    }

    @Test
    void strangersMayNotAskForEver() throws Exception {
        serve();
        for (int i = 0; i < AskLimit.BURST; i++) {
            assertThat(get("/help/AAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        }
        HttpResponse<String> refused = get("/help/AAAAAAAAAAAAAAAA");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(get("/help").statusCode()).isEqualTo(200);
        assertThat(get("/help/AAAAAAAAAAAAAAAA", "X-Forwarded-For", "198.51.100.1")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theApiAnswersInJsonAndInText() throws Exception {
        serve();
        String text =
                "451 4.7.501 limited https://else.example/" + queries.verdict().caseId() + " (AS511)";
        JsonNode json = new ObjectMapper()
                .readTree(post("/v1/explain", text, "application/json").body());
        assertThat(json.path("origin").asText()).isEqualTo("ours");
        assertThat(json.at("/bounce/caseId").asText())
                .isEqualTo(queries.verdict().caseId());
        assertThat(json.findValuesAsText("id")).contains("state", "ramp");
        HttpResponse<String> plain = post("/v1/explain?wanted=3000", text, "text/plain");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(plain.body()).startsWith("Your message is delayed").contains("400 recipients");
        assertThat(post("/v1/explain?wanted=0", text, "text/plain").statusCode())
                .isEqualTo(400);
        assertThat(post("/v1/explain", "x".repeat(Bounce.MOST_BYTES + 1), "text/plain")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anotherEngineIsToldWhatWhoAsksMaySee() throws Exception {
        serve();
        HttpResponse<String> told = get(
                "/v1/peer/cases/" + queries.verdict().caseId() + "?from=198.51.100.9&operator=false",
                "Authorization",
                PEER);
        JsonNode json = new ObjectMapper().readTree(told.body());
        assertThat(json.at("/told/client").asText()).isEqualTo(FakeQueries.KNOWN);
        assertThat(json.at("/told/reason").asText()).isEqualTo("newcomer-volume");
        assertThat(told.body()).contains("300 to 500").doesNotContain("400 recipients");
        assertThat(get(
                                "/v1/peer/cases/" + queries.verdict().caseId() + "?from=" + FakeQueries.KNOWN,
                                "Authorization",
                                PEER)
                        .body())
                .contains("400 recipients");
        assertThat(get("/v1/peer/cases/AAAAAAAAAAAAAAAA", "Authorization", PEER).body())
                .isEqualTo("{\"standby\":false,\"inVain\":[0],\"told\":null}");
        // Exact figures are for operators: a stranger may not say that one asks.
        assertThat(get("/v1/peer/cases/" + queries.verdict().caseId() + "?operator=true")
                        .statusCode())
                .isEqualTo(401);
    }

    /** Who may not ask the API is a stranger like all others; whoever shows a token that is known sees all of it. */
    @Test
    void aDoorThatTakesTokensIsOpenForHelpAlone(@TempDir Path dir) throws Exception {
        AccessTokens.Fresh reader = AccessTokens.create("postmaster", Role.READ);
        Path tokens = Files.writeString(dir.resolve("tokens"), reader.line() + "\n");
        try (WeirServer closed = TestServers.listen(Map.of("http.tokens.file", tokens.toString()), false)) {
            closed.serve(TestServers.engine(queries));
            String path = "/help/" + queries.verdict().caseId();
            Map<String, String> shown = Map.of("Authorization", "Bearer " + reader.token());
            Asked stranger = Asked.get(closed, path);
            assertThat(stranger.status()).isEqualTo(200);
            assertThat(stranger.response().body()).contains("300 to 500 recipients tried");
            Asked unknown = Asked.send(closed, "GET", path, null, Map.of("Authorization", "Bearer weir_nonsense"));
            assertThat(unknown.response().body()).isEqualTo(stranger.response().body());
            assertThat(Asked.send(closed, "GET", path, null, shown).response().body())
                    .contains("400 recipients tried");
            assertThat(Asked.send(closed, "POST", "/v1/explain", LINE, Map.of()).status())
                    .isEqualTo(401);
            assertThat(Asked.send(closed, "POST", "/v1/explain", LINE, shown).status())
                    .isEqualTo(200);
        }
    }

    /** A page on this machine's own port may not be made to ask by a page from elsewhere; the form is for everybody. */
    @Test
    void theApiIsNotForPagesOfOthers() throws Exception {
        serve();
        Map<String, String> foreign = Map.of("Origin", "https://attacker.example", "Content-Type", "text/plain");
        assertThat(Asked.send(server, "POST", "/v1/explain", LINE, foreign).status())
                .isEqualTo(403);
        assertThat(get("/help", "X-Forwarded-For", "198.51.100.9").statusCode()).isEqualTo(200);
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpRequest put =
                request("/help").PUT(HttpRequest.BodyPublishers.noBody()).build();
        assertThat(HttpClient.newHttpClient()
                        .send(put, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private void serve() {
        server.serve(TestServers.engine(queries));
        server.explainFor(Site.of(List.of("corp.example"), null));
    }

    private HttpResponse<String> paste(String text, String wanted) throws Exception {
        String form = HelpPage.FIELD_WANTED + "=" + wanted + "&" + HelpPage.FIELD_BOUNCE + "="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
        return send(request("/help")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> post(String path, String text, String accepted) throws Exception {
        return send(request(path).header("Accept", accepted).POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
    }
}
