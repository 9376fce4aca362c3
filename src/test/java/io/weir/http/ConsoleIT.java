package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.Chromium;
import io.weir.Needs;
import io.weir.engine.EngineState;
import io.weir.model.Connector;
import io.weir.model.RulesChange;
import io.weir.operator.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, on the API; WEIR_KEEP_PICTURES=DIRECTORY keeps what it looked like, for a person. */
@Needs(Chromium.PROGRAM)
@Timeout(180)
class ConsoleIT {
    private static final String AXE = "/axe.min.js";
    private static final List<String> PAGES =
            List.of("", "sender/203.0.113.7", "network/192.0.2.0/24", "overrides", "connectors", "cluster");

    @TempDir
    static Path dir;

    private static Browser browser;

    private final FakeQueries queries = new FakeQueries();
    private final FakeOperators operators = new FakeOperators();
    private final FakeVerdicts verdicts = new FakeVerdicts();
    private WeirServer server;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(dir.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @BeforeEach
    void serve() {
        operators.rules(new RulesChange("operator mara", 1_000, Map.of("mode.newcomer-volume", "enforce")));
        verdicts.publish(queries.verdict());
        server = TestServers.listen(Map.of("http.requests.per.second", "10000"), true);
        server.serve(new Served(() -> EngineState.READY, queries, Moment.ofEvents(), operators, verdicts));
        browser.complaints().clear();
        browser.size(1_280, 900, false);
    }

    @AfterEach
    void close() {
        browser.open("about:blank");
        server.close();
    }

    private void open(String page) {
        browser.open("about:blank");
        browser.open("http://127.0.0.1:" + server.port() + "/#/" + page);
        browser.await("document.querySelector('main h1') && !document.querySelector('main[aria-busy]')");
    }

    @Test
    void whoIsThrottledWhyAndSinceWhen() {
        open("");
        assertThat(browser.text())
                .contains("Throttled now", "203.0.113.7", "newcomer-volume", "1 of 8 reasons are enforced");
        assertThat(browser.evaluate("document.querySelectorAll('main table').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatIsDecidedAppearsByItself() {
        open("");
        browser.await("document.querySelector('main table')");
        assertThat(browser.text()).doesNotContain("203.0.113.9 via connector:hq");
        Awaitility.await().until(() -> verdicts.listeners() > 0);
        verdicts.publish(queries.alarm());
        browser.await("document.body.innerText.includes('203.0.113.9 via connector:hq')");
    }

    @Test
    void anAddressLeadsToAllThatIsKnownOfIt() {
        open("");
        browser.evaluate("document.getElementById('address').value = ' 203.0.113.7 ';"
                + "document.querySelector('#search button').click()");
        browser.await("document.querySelector('main h1').textContent === '203.0.113.7'");
        assertThat(browser.text())
                .contains("newcomer", "The days ahead", "Verdicts of five weeks", "Four weeks, by the day");
        browser.await("document.querySelectorAll('.chart canvas').length === 2");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.chart canvas')].every(c => c.width > 300"
                                        + " && new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size > 10)")
                        .asBoolean())
                .as("something is drawn")
                .isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoIsNotKnownIsANewcomerAndWhatIsNoAddressIsNamed() {
        open("sender/203.0.113.200");
        assertThat(browser.text()).contains("Nothing is known of it");
        open("sender/" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
        assertThat(browser.text()).contains("Nothing to show");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length")
                        .asInt())
                .isZero();
    }

    @Test
    void anOverrideIsWrittenAfterAQuestionAndTakenBack() {
        open("sender/203.0.113.7");
        browser.evaluate(
                "[...document.querySelectorAll('main button')].find(b => b.textContent.startsWith('Let it pass')).click()");
        browser.await("document.querySelector('dialog[open]')");
        browser.evaluate("document.querySelector('dialog button[value=no]').click()");
        browser.await("!document.querySelector('dialog[open]')");
        assertThat(operators.overrides()).isEmpty();

        browser.evaluate(
                "[...document.querySelectorAll('main button')].find(b => b.textContent.startsWith('Let it pass')).click()");
        browser.await("document.querySelector('dialog[open]')");
        browser.evaluate("document.querySelector('dialog [name=comment]').value = 'a <b>move</b>';"
                + "document.querySelector('dialog button.main').click()");
        browser.await("document.body.innerText.includes('by override until')");
        assertThat(operators.overrides()).containsOnlyKeys("203.0.113.7");

        open("overrides");
        assertThat(browser.text()).contains("a <b>move</b>");
        browser.evaluate("document.querySelector('main td button').click()");
        browser.await("document.querySelector('dialog[open]')");
        browser.evaluate("document.querySelector('dialog [name=comment]').value = 'over';"
                + "document.querySelector('dialog button.main').click()");
        browser.await("document.body.innerText.includes('No override holds')");
        assertThat(operators.overrides()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aConnectorIsShownWithWhatIsToBeSaidOfIt() {
        operators.putConnectors(
                List.of(new Connector(
                        "hq",
                        Connector.Kind.ON_PREMISES,
                        true,
                        false,
                        List.of("203.0.113.0/28"),
                        List.of(),
                        List.of(),
                        false,
                        List.of(),
                        false,
                        false,
                        "the relay")),
                new Signature("mara", "", 1_000));
        open("connectors");
        assertThat(browser.text()).contains("hq", "the relay", "1 to look at");
        browser.evaluate("document.querySelector('main summary').click()");
        browser.await("document.body.innerText.includes('it is in test mode')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whereATokenIsNeededOneIsAskedFor() throws IOException {
        server.close();
        server = TestServers.listen(Map.of(), false);
        server.serve(new Served(() -> EngineState.READY, queries, Moment.ofEvents(), operators, verdicts));
        browser.open("about:blank");
        browser.open("http://127.0.0.1:" + server.port() + "/");
        browser.await("document.querySelector('dialog[open] input[type=password]')");
        browser.evaluate("document.querySelector('dialog button[value=no]').click()");
        browser.await("document.body.innerText.includes('Without a token nothing is shown')");
    }

    /** By axe, the usual set of rules for what people who use a keyboard or a screen reader need. */
    @Test
    void everybodyCanUseIt() throws IOException {
        String axe = axe();
        for (String page : PAGES) {
            for (boolean dark : List.of(false, true)) {
                browser.size(1_280, 900, dark);
                open(page);
                browser.evaluate(axe);
                JsonNode found = browser.evaluate(
                        "axe.run().then(r => r.violations.map(v => v.id + ': '"
                                + " + v.nodes.map(n => n.html + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message).join('; ')))");
                assertThat(found).as("%s, dark %s", page, dark).isEmpty();
            }
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = ConsoleIT.class.getResourceAsStream(AXE)) {
            assertThat(in).as(AXE).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itFitsADeskAndAPhoneInBothLights() throws IOException {
        for (String page : PAGES) {
            for (int width : new int[] {1_280, 390}) {
                for (boolean dark : List.of(false, true)) {
                    browser.size(width, 900, dark);
                    open(page);
                    assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                    .asInt())
                            .as("%s at %s", page, width)
                            .isLessThanOrEqualTo(width);
                    String name = (page.isEmpty() ? "now" : page.split("/")[0]) + "-" + width + (dark ? "-dark" : "");
                    browser.picture(keep(name + ".png"));
                }
            }
        }
    }

    private static Path keep(String name) {
        String kept = System.getenv("WEIR_KEEP_PICTURES");
        return (kept == null ? dir : Path.of(kept)).resolve(name);
    }
}
