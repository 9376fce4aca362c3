package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.http.FakeQueries;
import io.weir.http.TestServers;
import io.weir.http.WeirServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendersCommandTest {
    private final WeirServer engine = TestServers.open();
    private final FakeQueries queries = new FakeQueries();

    private String url = "";

    @BeforeEach
    void serve() {
        url = "http://" + engine.address();
        engine.serve(TestServers.engine(queries));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void tellsWhyASenderIsThrottledAndTheDaysAhead() {
        Run run = ask(FakeQueries.KNOWN);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .contains("203.0.113.7  (network 203.0.113.0/24), as of 2026-11-23T10:00:30Z")
                .anyMatch(
                        line -> line.startsWith("newcomer: first seen 2026-11-23, 0 days with mail that counts, last"))
                .anyMatch(line -> line.matches(
                        "throttled for newcomer-volume: .*% of its attempts would be let through \\(shadow: .*"))
                .anyMatch(line -> line.matches(
                        "  \\d+ recipients within .* came too fast for its allowance of \\d+, its record being 0"))
                .anyMatch(line -> line.startsWith("  what to do: Start small"))
                .anyMatch(line -> line.endsWith(
                        "4.7.501 (AS511), case " + queries.verdict().caseId()))
                .anyMatch(line -> line.matches("  within 1d +0 +\\d+ +\\d+"))
                .anyMatch(line -> line.matches("  admitted +400"))
                .anyMatch(line -> line.matches("  2026-11-24 +\\d+ +\\d+ +\\d+"));
    }

    @Test
    void whatItSendsByAConnectorIsShownApart() {
        for (String asked : List.of(FakeQueries.RELAY, FakeQueries.RELAY + " via connector:hq")) {
            Run run = ask(asked);
            assertThat(run.err()).isEmpty();
            assertThat(run.lines())
                    .startsWith(
                            "203.0.113.9  (network 203.0.113.0/24): known only by a connector",
                            "",
                            "by connector hq, which is kept apart: trusted, so that all of it passes")
                    .anyMatch(
                            line -> line.startsWith("established: first seen 2026-11-15, 8 days with mail that counts"))
                    .contains("ALARM for volume-surge: it sends far above its usual; is it still in the right hands?")
                    .anyMatch(
                            line -> line.startsWith("  5000 recipients within 5m came too fast for its allowance of "))
                    .anyMatch(line -> line.matches("  since 2026-11-23T10:00:30Z, until .* unless renewed; case "
                            + queries.alarm().caseId()))
                    .anyMatch(line -> line.matches("  admitted +5000"))
                    .noneMatch(line -> line.startsWith("the days ahead") || line.contains("451"));
        }
    }

    @Test
    void aNetworksNewcomersAreShownTogether() {
        Run run = ask(FakeQueries.KNOWN_NETWORK);
        assertThat(run.err()).isEmpty();
        assertThat(run.lines())
                .startsWith(
                        "192.0.2.0/24, as of 2026-11-23T10:00:30Z",
                        "20 senders lately, 0 of them established; 20 began today, 0 attempts of others that got no state",
                        "",
                        "its newcomers together, judged as one sender:")
                .anyMatch(line -> line.matches(
                        "throttled for network-newcomers: .*% of its attempts would be let through \\(shadow: .*"))
                .anyMatch(line -> line.contains("4.7.503 (AS513), case "))
                .anyMatch(line -> line.matches("  admitted +80"));
    }

    @Test
    void theAnswerItselfIsOneLineOfJson() {
        Run run = ask(FakeQueries.KNOWN, "--json");
        assertThat(run.lines()).singleElement().asString().startsWith("{\"v\":1,\"sender\":\"203.0.113.7\",");
    }

    @Test
    void whatTheEngineRefusesIsOneLine() {
        assertFails(
                ask("203.0.113.8"),
                ExitCode.FAILED,
                "nothing is known of 203.0.113.8: it has sent nothing lately, and would be a newcomer");
        assertFails(
                ask("mx.example.org"),
                ExitCode.USAGE,
                "not an IP address: 'mx.example.org'; give an IPv4 or IPv6 address, or pool:NAME");
        assertFails(
                ask(FakeQueries.MOVING),
                ExitCode.UNREACHABLE,
                "the engine at " + url() + " is not ready: partitions are being assigned; try again");
    }

    @Test
    void anEngineThatIsNotThereIsNamed() {
        String url = url();
        engine.close();
        assertFails(
                Run.of("senders", FakeQueries.KNOWN, "--api", url),
                ExitCode.UNREACHABLE,
                "no engine answers at " + url + "; is 'weir up' or 'weir engine' running there?");
    }

    @Test
    void anAddressThatIsNoneIsNamed() {
        assertFails(
                Run.of("senders", "203.0.113.7", "--api", "engine1:8451"),
                ExitCode.USAGE,
                "api.url = engine1:8451 (command line): must be empty, or a URL such as https://weir.example.org:8451");
        assertFails(
                Run.of("senders", "203.0.113.7", "-D", "http.port=0"),
                ExitCode.USAGE,
                "http.port = 0 is a different port each time; give the one that the engine printed, or --api");
    }

    @Test
    void whatIsNoAddressIsToldWithoutAnEngine() {
        engine.close();
        assertFails(
                ask("300.1.1.1"),
                ExitCode.USAGE,
                "not an IP address: '300.1.1.1'; give an IPv4 or IPv6 address, or pool:NAME");
        assertFails(
                ask("pool:"),
                ExitCode.USAGE,
                "pool name must have 1 to 64 characters, got ''; give an IPv4 or IPv6 address, or pool:NAME");
    }

    @Test
    void aSenderMayBeGivenAsVerdictsNameIt() {
        assertFails(
                ask("2001:db8:1:2::/64"),
                ExitCode.FAILED,
                "nothing is known of 2001:db8:1:2::/64: it has sent nothing lately, and would be a newcomer");
    }

    @Test
    void hostAndPortOfTheSettingsAreTheDefault() {
        Run run = Run.of("senders", FakeQueries.KNOWN, "-D", "http.port=" + engine.port());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("203.0.113.7 ");
    }

    private Run ask(String address, String... more) {
        List<String> args = new ArrayList<>(List.of("senders", address, "--api", url()));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private String url() {
        return url;
    }

    private static void assertFails(Run run, ExitCode exitCode, String message) {
        assertThat(run.err()).isEqualToIgnoringNewLines("weir: " + message);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(exitCode.number());
    }
}
