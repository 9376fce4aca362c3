package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.AccessTokens;
import io.weir.config.Role;
import io.weir.engine.EngineState;
import io.weir.http.Certificates;
import io.weir.http.FakeOperators;
import io.weir.http.FakeQueries;
import io.weir.http.FakeVerdicts;
import io.weir.http.Moment;
import io.weir.http.Served;
import io.weir.http.TestServers;
import io.weir.http.WeirServer;
import io.weir.model.RulesChange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of an operator who reaches the site over HTTP alone, with TLS and a token. */
@Timeout(60)
class ApiCommandsTest {
    @TempDir
    static Path dir;

    private static final FakeQueries QUERIES = new FakeQueries();
    private static final FakeVerdicts VERDICTS = new FakeVerdicts();
    private static WeirServer server;
    private static Path token;
    private static Path reader;
    private static Path ca;

    @BeforeAll
    static void serve() throws Exception {
        AccessTokens.Fresh operator = AccessTokens.create("mara", Role.OPERATE);
        AccessTokens.Fresh readOnly = AccessTokens.create("grafana", Role.READ);
        Path tokens = Files.writeString(dir.resolve("tokens"), operator.line() + "\n" + readOnly.line() + "\n");
        token = Files.writeString(dir.resolve("mara.token"), operator.token() + "\n");
        reader = Files.writeString(dir.resolve("grafana.token"), readOnly.token() + "\n");
        Certificates certificates = Certificates.in(dir);
        ca = certificates.certificate();
        server = TestServers.listen(
                Map.of(
                        "http.tokens.file", tokens.toString(),
                        "http.tls.certificate.file", ca.toString(),
                        "http.tls.key.file", certificates.key().toString()),
                false);
        FakeOperators operators = new FakeOperators();
        operators.rules(new RulesChange("operator mara", 1_000, Map.of("pool.acme", "198.51.100.0/24", "noise", "4")));
        server.serve(new Served(() -> EngineState.READY, QUERIES, Moment.ofEvents(), operators, VERDICTS));
        VERDICTS.publish(QUERIES.verdict());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String[] args(Path shown, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--api", server.url(), "--ca-file", ca.toString()));
        if (shown != null) {
            all.addAll(List.of("--token-file", shown.toString()));
        }
        return all.toArray(String[]::new);
    }

    private static Run weir(String... command) {
        return Run.of(args(token, command));
    }

    @Test
    void whatReadsStateWorksFromAfar() {
        assertThat(weir("senders", FakeQueries.KNOWN).lines())
                .contains("203.0.113.7  (network 203.0.113.0/24), as of 2026-11-23T10:00:30Z");
        assertThat(weir("senders", FakeQueries.KNOWN_NETWORK).lines())
                .anyMatch(line -> line.startsWith("192.0.2.0/24"));
        assertThat(weir("verdicts").lines())
                .singleElement()
                .asString()
                .contains(
                        "throttle  203.0.113.7 ",
                        "newcomer-volume",
                        QUERIES.verdict().caseId());
        assertThat(weir("verdicts", "--all", "--json").lines())
                .first()
                .asString()
                .startsWith("{\"v\":1,\"client\":\"203.0.113.7\"");
        assertThat(weir("verdicts", "--client", "198.51.100.77").lines())
                .containsExactly("198.51.100.77 is not throttled");
        assertThat(weir("rules", "show").lines())
                .anyMatch(line -> line.contains("written by operator mara"))
                .anyMatch(line -> line.replace(" ", "").equals("noise=4"));
        assertThat(weir("rules", "history").lines()).anyMatch(line -> line.contains("by operator mara"));
        assertThat(weir("cluster").lines()).hasSize(2).last().asString().matches("127.0.0.1:8451 +ready +1 +0 +0 +7");
        assertThat(weir("pools", "list").lines()).containsExactly("acme  198.51.100.0/24");
    }

    @Test
    void whatOperatorsWriteGoesTheSameWay() {
        assertThat(weir("overrides", "list").lines()).containsExactly("no override holds");
        Run put = weir("overrides", "put", "203.0.113.0/24", "--throttle", "--for", "2d", "--comment", "complaints");
        assertThat(put.err()).isEmpty();
        assertThat(put.exitCode()).isZero();
        assertThat(weir("overrides", "list").lines())
                .singleElement()
                .asString()
                .startsWith("203.0.113.0/24")
                .endsWith("by mara: complaints");
        assertThat(weir("senders", FakeQueries.KNOWN).lines())
                .anyMatch(line -> line.startsWith("an operator's word: 1.0% passes for 203.0.113.0/24 until")
                        && line.endsWith("by mara: complaints"));
        assertThat(weir("overrides", "delete", "203.0.113.0/24").lines())
                .containsExactly("the override of 203.0.113.0/24 is gone");
        Run planned = weir(
                "overrides",
                "put",
                "203.0.113.7",
                "--planned",
                "50000",
                "--from",
                "2026-12-01T06:00Z",
                "--until",
                "2026-12-03T00:00Z",
                "--comment",
                "newsletter");
        assertThat(planned.err()).isEmpty();
        assertThat(weir("overrides", "list").lines())
                .containsExactly("203.0.113.7           50,000 recipients a day from 2026-12-01T06:00:00Z until"
                        + " 2026-12-03T00:00:00Z  by mara: newsletter");
        assertThat(weir("overrides", "delete", "203.0.113.7").exitCode()).isZero();
        Run again = weir("overrides", "delete", "203.0.113.0/24");
        assertThat(again.err()).isEqualToIgnoringNewLines("weir: there is no override of 203.0.113.0/24");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED.number());

        assertThat(weir("connectors", "put", "hq", "--kind", "on-premises", "--network", "192.0.2.0/28")
                        .exitCode())
                .isZero();
        assertThat(weir("connectors", "list").lines())
                .singleElement()
                .asString()
                .startsWith("hq  ");
        assertThat(weir("connectors", "delete", "hq").lines()).containsExactly("connector hq is gone");
    }

    @Test
    void whoMayNotIsTold() {
        Run none = Run.of(args(null, "senders", FakeQueries.KNOWN));
        assertThat(none.err())
                .contains("this takes a token, as 'Authorization: Bearer ...'", "--token-file names the file");
        assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED.number());
        Run put = Run.of(args(reader, "overrides", "put", "203.0.113.7", "--allow", "--for", "1d", "--comment", "x"));
        assertThat(put.err()).contains("the token of grafana may read; this takes operate");
        Run missing = Run.of(args(dir.resolve("nowhere"), "overrides", "list"));
        assertThat(missing.err())
                .isEqualToIgnoringNewLines("weir: api.token.file: " + dir.resolve("nowhere") + " does not exist");
    }

    @Test
    void aServerThatIsNotWhoItShouldBeIsNamed() {
        Run run = Run.of("senders", FakeQueries.KNOWN, "--api", server.url());
        assertThat(run.err()).contains("is not who it should be, or speaks no TLS", "--ca-file names the certificates");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.number());
    }

    @Test
    void verdictsAreFollowedUntilItIsOver() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lifetime lifetime = new Lifetime();
        Terminal terminal =
                new Terminal(Run.stream(out), Run.stream(new ByteArrayOutputStream()), Map.of(), Run.CLOCK, lifetime);
        Thread following = new Thread(() -> new Cli(terminal).run(args(token, "verdicts", "--follow")));
        following.start();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> VERDICTS.listeners() > 0);
            VERDICTS.publish(QUERIES.alarm());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(out.toString(StandardCharsets.UTF_8)).contains("ALARM", FakeQueries.RELAY));
        } finally {
            lifetime.end();
        }
        following.join(10_000);
        assertThat(following.isAlive()).isFalse();
    }

    @Test
    void aTokenIsMadeWithTheLineThatMakesItKnown() {
        Run run = Run.of("token", "create", "alice", "--role", "operate");
        assertThat(run.lines()).singleElement().asString().matches("weir_[A-Za-z0-9_-]{43}");
        String line = run.err().lines().toList().get(1);
        AccessTokens known = AccessTokens.of(line, null, () -> 0);
        assertThat(known.holderOf(run.lines().get(0))).hasValue(new AccessTokens.Holder("alice", Role.OPERATE));
        assertThat(Run.of("token", "create", "a b").err())
                .contains("NAME must be 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '@' and '-', got 'a b'");
        assertThat(Run.of("token", "create", "a", "--role", "root").err())
                .isEqualToIgnoringNewLines("weir: --role must be one of read, operate, got 'root'");
    }
}
