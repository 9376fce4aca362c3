package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.Mode;
import io.weir.model.RulesChange;
import io.weir.model.Verdict;
import io.weir.serde.EventJson;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a cluster, against a real broker. */
@Timeout(120)
class OperatorCommandsIT {
    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void topicsAreComparedCreatedAndThenAsTheyShouldBe() {
        Run before = weir("one", "topics", "diff", "--partitions", "2", "--replicas", "1");
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.lines()).hasSize(7).allMatch(line -> line.startsWith("create one.smtp-"));

        assertThat(topics("one").lines()).hasSize(8).last().isEqualTo("7 topics are as they should be");

        Run after = weir("one", "topics", "diff", "--partitions", "2", "--replicas", "1");
        assertThat(after.exitCode()).isZero();
        assertThat(after.out()).isEqualToIgnoringNewLines("7 topics are as they should be");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedInOneLine() {
        topics("two");
        Run run = weir("two", "topics", "apply", "--partitions", "3", "--replicas", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().contains("nothing was changed", "has 2 partitions");
        Run diff = weir("two", "topics", "diff", "--partitions", "3", "--replicas", "1");
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.lines()).anyMatch(line -> line.startsWith("refuse two.smtp-connections"));
    }

    @Test
    void whatBecameKnownLaterIsWrittenAndBadLinesAreNamed() throws Exception {
        topics("amend");
        Path file = Files.writeString(dir.resolve("amend.jsonl"), """
                {"clientAddress":"203.0.113.7","refTime":"1970-01-01T00:00:01Z","spam":3,"edgeSeq":7}
                {"clientAddress":"not.an.address","refTimeMs":1000,"spam":3}

                {"clientAddress":"203.0.113.8","refTimeMs":1000}
                {"pool":"m\u00fcller","refTimeMs":1000,"rejected":1}
                {"pool":"a","refTimeMs":1000,"rejected":1}{"pool":"b","refTimeMs":1000,"rejected":1}
                """);
        Run run = weir("amend", "amend", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(run.lines()).containsExactly("2 amendments written, 3 lines left out");
        assertThat(run.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith(file + " line 2: clientAddress must be"))
                .anyMatch(line -> line.equals(file + " line 4: spam or rejected must be at least 1"))
                .anyMatch(line -> line.startsWith(file + " line 6: must be one JSON object"));
        Run flags = weir(
                "amend", "amend", "--address", "2001:db8::25", "--at", "2026-11-23T02:10+01:00", "--rejected", "2");
        assertThat(flags.lines()).containsExactly("1 amendments written, 0 lines left out");

        Map<String, Amendment> byKey = new HashMap<>();
        try (Cluster cluster = Cluster.reach(
                WeirConfig.of(Map.of("namespace", "amend", "bootstrap.servers", broker.bootstrapServers())))) {
            cluster.read("amend.smtp-connections", found -> {
                if (new EventJson().read(found.value()) instanceof Amendment amendment) {
                    byKey.put(new String(found.key(), StandardCharsets.UTF_8), amendment);
                    assertThat(found.timestamp()).isEqualTo(Run.CLOCK.millis());
                    assertThat(amendment.edgeSeq()).isEqualTo(ConnectionEvent.NO_SEQ);
                }
            });
        }
        assertThat(byKey).containsOnlyKeys("203.0.113.0/24", "pool:m\u00fcller", "2001:db8::/48");
        assertThat(byKey.get("203.0.113.0/24"))
                .extracting(Amendment::refTimeMs, Amendment::spam)
                .containsExactly(1_000L, 3);
        assertThat(byKey.get("2001:db8::/48").refTimeMs())
                .isEqualTo(Instant.parse("2026-11-23T01:10:00Z").toEpochMilli());
    }

    @Test
    void overridesAndConnectorsComeFromAFileAllOrNone() throws Exception {
        topics("files2");
        Path overrides = Files.writeString(dir.resolve("overrides.yaml"), """
                - {target: 203.0.113.0/24, action: throttle, admit: 0.05, for: 12h, comment: complaints}
                - {target: "2001:db8::/64", action: allow, for: 2d, comment: known}
                """);
        assertThat(weir("files2", "overrides", "put", "--file", overrides.toString())
                        .exitCode())
                .isZero();
        assertThat(weir("files2", "overrides", "list").lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("203.0.113.0/24 ") && line.contains("lets 5% through until"))
                .anyMatch(line -> line.startsWith("2001:db8::/64 ") && line.contains("passes until"));
        Run nobody = weir("files2", "overrides", "put", "2001:db8::1", "--allow", "--for", "2d", "--comment", "known");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("2001:db8::1 is a part of a sender").contains("give 2001:db8::/64");

        Path connectors = Files.writeString(dir.resolve("connectors.json"), """
                [{"name":"hq","kind":"on-premises","mode":"enforce","clientNetworks":["192.0.2.0/28"]},
                 {"name":"hq2","kind":"on-premises","clientNetworks":["192.0.2.0/28"]}]
                """);
        Run put = weir("files2", "connectors", "put", "--file", connectors.toString());
        assertThat(put.exitCode()).as(put.err()).isZero();
        assertThat(put.err()).contains("conflict: network 192.0.2.0/28 is in hq and in hq2");
        assertThat(weir("files2", "connectors", "list").lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("hq +on-premises +enforce +at 192.0.2.0/28");

        Path bad = Files.writeString(
                dir.resolve("bad.yaml"),
                "- {name: fine, kind: partner, senderDomains: [a.example]}\n- {name: b, kind: partner}\n");
        Run refused = weir("files2", "connectors", "put", "--file", bad.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .isEqualTo("weir: " + bad + ", entry 2: a partner connector needs senderDomains");
        assertThat(weir("files2", "connectors", "list").out()).doesNotContain("fine");
    }

    @Test
    void withoutTopicsTheCommandSaysWhoCreatesThem() {
        Run run = weir("none", "rules", "show");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualToIgnoringNewLines("weir: Kafka at " + broker.bootstrapServers()
                        + " lacks topics of Weir in namespace none; 'weir topics apply' creates them");
    }

    @Test
    void anEngineWithoutItsSecretOrItsTopicsSaysSo() {
        Path secret = dir.resolve("nowhere.secret");
        Run without = weir("none", "engine", "-D", "site.secret.file=" + secret);
        assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(without.err())
                .isEqualToIgnoringNewLines("weir: the site's secret " + dir.resolve("none.nowhere.secret")
                        + " does not exist; it must hold 64 hexadecimal digits, the same on every engine and edge"
                        + " (site.secret.file)");

        SiteSecret.readOrCreate(dir.resolve("none.nowhere.secret"));
        Run topicless = weir("none", "engine", "-D", "site.secret.file=" + secret, "-D", "http.port=0");
        assertThat(topicless.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(topicless.err())
                .isEqualToIgnoringNewLines("weir: topic none.smtp-connections does not exist at "
                        + broker.bootstrapServers() + "; 'weir topics apply' creates it");
    }

    @Test
    void anEngineSaysWhereItAnswersAndEndsInOrder() throws Exception {
        topics("engine");
        SiteSecret.readOrCreate(dir.resolve("data/engine.site.secret"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lifetime lifetime = new Lifetime();
        Terminal terminal =
                new Terminal(Run.stream(out), Run.stream(new ByteArrayOutputStream()), Map.of(), Run.CLOCK, lifetime);
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> new Cli(terminal).run(args("engine", "engine", "-D", "http.port=0", "-D", "http.open=true")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("engine ready"));
        Matcher url = Pattern.compile("http://\\S+").matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(url.find()).isTrue();
        assertThat(Run.of("senders", "203.0.113.7", "--api", url.group()).err())
                .isEqualToIgnoringNewLines(
                        "weir: nothing is known of 203.0.113.7: it has sent nothing lately, and would"
                                + " be a newcomer");

        lifetime.end();

        assertThat(ended.get(5, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).last().isEqualTo("engine closed");
    }

    @Test
    void enforcingAReasonTellsEveryPartitionAndShadowTakesItBack() {
        topics("modes");
        assertThat(weir("modes", "rules", "show").out())
                .startsWith("# rules " + Rules.DEFAULTS.id() + ": nobody has written any")
                .contains("mode.volume-surge = shadow");

        Run enforce = weir("modes", "enforce", "volume-surge");
        assertThat(enforce.exitCode()).isZero();
        Rules enforced = Rules.of(Map.of("mode.volume-surge", "enforce"));
        assertThat(enforce.lines())
                .containsExactly(
                        "mode.volume-surge: shadow -> enforce",
                        "rules " + enforced.id() + " are in force from 2026-11-23T21:00:00Z in 2 partitions");
        assertThat(controls("modes"))
                .hasSize(2)
                .allSatisfy((partition, rules) -> assertThat(rules).containsExactly(enforced));

        assertThat(weir("modes", "enforce", "volume-surge").out())
                .isEqualToIgnoringNewLines("rules " + enforced.id() + " say so already; nothing was written");

        assertThat(weir("modes", "enforce", "all").lines()).hasSize(Reason.values().length);
        assertThat(weir("modes", "shadow", "all").exitCode()).isZero();
        assertThat(weir("modes", "rules", "show").out()).contains("mode.volume-surge = shadow");
        assertThat(controls("modes"))
                .allSatisfy((partition, rules) -> assertThat(rules)
                        .hasSize(3)
                        .last()
                        .satisfies(last -> assertThat(last.id()).isEqualTo(Rules.DEFAULTS.id())));
    }

    @Test
    void aFileOfRulesIsAppliedAndRemembered() throws Exception {
        topics("files");
        Path file = Files.writeString(dir.resolve("my.rules"), "noise = 4\nlearn.until.ms = 1795467600001\n");

        Run applied = weir("files", "rules", "apply", file.toString());

        assertThat(applied.lines())
                .contains("noise: 3 -> 4")
                .last()
                .isEqualTo("the site learns until 2026-11-23T21:00:00.001Z; until then there are no verdicts");
        Run shown = weir("files", "rules", "show");
        Path again = Files.writeString(dir.resolve("again.rules"), shown.out());
        assertThat(weir("files", "rules", "apply", again.toString()).out()).contains("nothing was written");
        assertThat(weir("files", "rules", "history").lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("2026-11-23T21:00:00Z  [0-9a-f]{8}  by operator .*");
    }

    @Test
    void aGapIsWrittenIntoEveryPartition() {
        topics("gap");

        Run written = weir("gap", "gap", "2026-11-23T15:00Z", "2026-11-23T21:30+01:00");

        assertThat(written.err()).isEmpty();
        assertThat(written.out())
                .isEqualToIgnoringNewLines(
                        "gap from 2026-11-23T15:00:00Z to 2026-11-23T20:30:00Z written in 2 partitions;"
                                + " the last gap written is the one that counts");
        Map<Integer, Gap> found = new TreeMap<>();
        try (Cluster cluster = cluster("gap")) {
            cluster.read(
                    TopicName.CONNECTIONS.in("gap"),
                    record -> found.put(record.partition(), (Gap) new EventJson().read(record.value())));
        }
        assertThat(found).hasSize(2).allSatisfy((partition, gap) -> {
            assertThat(gap.occurredAtMs()).isEqualTo(Run.CLOCK.millis());
            assertThat(gap.toMs() - gap.fromMs())
                    .isEqualTo(Duration.ofMinutes(330).toMillis());
        });
        assertThat(weir("gap", "gap", "2026-11-23T20:00Z", "now").out()).contains("to 2026-11-23T21:00:00Z written");
        assertThat(weir("gap", "gap", "2026-11-23T20:00Z", "2026-11-23T21:00:01Z")
                        .err())
                .isEqualToIgnoringNewLines(
                        "weir: TO must not be later than 2026-11-23T21:00:00Z, got 2026-11-23T21:00:01Z");
        assertThat(weir("gap", "gap", "now", "now").err())
                .isEqualToIgnoringNewLines("weir: FROM must be a time with its zone, such as 2026-11-24T02:10Z or"
                        + " 2026-11-24T03:10+01:00, got 'now'");
    }

    @Test
    void verdictsArePrintedAsTheyStand() throws Exception {
        topics("read");
        Verdict throttled = verdict("203.0.113.7", Verdict.Action.THROTTLE, Run.CLOCK.millis() - 60_000);
        Verdict released = verdict("203.0.113.8", Verdict.Action.THROTTLE, Run.CLOCK.millis() - 50_000);
        write("read", throttled);
        write("read", released);
        write("read", verdict("203.0.113.8", Verdict.Action.ALLOW, Run.CLOCK.millis() - 40_000));

        assertThat(weir("read", "verdicts").lines())
                .containsExactly(
                        "2026-11-23T20:59:00Z  throttle  203.0.113.7           volume-surge      shadow   lets 12%"
                                + " through: 4200 in 1 h, too fast for 600 (record 300)  until 2026-11-23T21:14:00Z  case"
                                + " K7Q2MKX4A9PD31WZ");
        assertThat(weir("read", "verdicts", "--all", "--client", "203.0.113.8").lines())
                .hasSize(2)
                .last()
                .isEqualTo("2026-11-23T20:59:20Z  allow     203.0.113.8           released; was volume-surge  case"
                        + " K7Q2MKX4A9PD31WZ");
        assertThat(weir("read", "verdicts", "--json").lines())
                .containsExactly(new String(VerdictJson.write(throttled), StandardCharsets.UTF_8));
        assertThat(weir("read", "verdicts", "--client", "198.51.100.1").out())
                .isEqualToIgnoringNewLines("198.51.100.1 is not throttled");
        write("read", verdict("198.51.100.1 via connector:hq", Verdict.Action.THROTTLE, Run.CLOCK.millis()));
        for (String asked : List.of("198.51.100.1", "198.51.100.1 via connector:hq")) {
            assertThat(weir("read", "verdicts", "--client", asked).lines())
                    .singleElement()
                    .asString()
                    .startsWith("2026-11-23T21:00:00Z  ALARM     198.51.100.1 via connector:hq  volume-surge, trusted");
        }
    }

    @Test
    void verdictsAreFollowedUntilTheCommandIsEnded() throws Exception {
        topics("follow");
        write("follow", verdict("203.0.113.1", Verdict.Action.THROTTLE, Run.CLOCK.millis()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lifetime lifetime = new Lifetime();
        Terminal terminal =
                new Terminal(Run.stream(out), Run.stream(new ByteArrayOutputStream()), Map.of(), Run.CLOCK, lifetime);
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                () -> new Cli(terminal).run(args("follow", "verdicts", "--follow", "--all")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("203.0.113.1 "));

        write("follow", verdict("203.0.113.2", Verdict.Action.THROTTLE, Run.CLOCK.millis()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> out.toString(StandardCharsets.UTF_8).contains("203.0.113.2 "));
        lifetime.end();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isZero();
    }

    private static Run topics(String namespace) {
        Run run = weir(namespace, "topics", "apply", "--partitions", "2", "--replicas", "1");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run;
    }

    private static Run weir(String namespace, String... args) {
        return Run.of(args(namespace, args));
    }

    private static String[] args(String namespace, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--namespace", namespace, "-D", "bootstrap.servers=" + broker.bootstrapServers()));
        all.addAll(List.of("-D", "data.dir=" + dir.resolve("data")));
        return all.toArray(String[]::new);
    }

    /** The rules in each partition of the events, oldest first. */
    private static Map<Integer, List<Rules>> controls(String namespace) {
        Map<Integer, List<Rules>> found = new TreeMap<>();
        try (Cluster cluster = cluster(namespace)) {
            cluster.read(TopicName.CONNECTIONS.in(namespace), record -> {
                RulesChange change = (RulesChange) new EventJson().read(record.value());
                assertThat(record.timestamp()).isEqualTo(change.occurredAtMs());
                found.computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                        .add(Rules.of(change.settings()));
            });
        }
        return found;
    }

    private static Cluster cluster(String namespace) {
        return Cluster.reach(
                WeirConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers(), "namespace", namespace)));
    }

    private static void write(String namespace, Verdict verdict) throws Exception {
        try (Cluster cluster = cluster(namespace);
                KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            byte[] key = verdict.client().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TopicName.VERDICTS.in(namespace), key, VerdictJson.write(verdict)))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static Verdict verdict(String client, Verdict.Action action, long atMs) {
        Reason reason = Reason.VOLUME_SURGE;
        return new Verdict(
                client,
                action,
                Mode.SHADOW,
                0.12,
                451,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4200,
                300,
                600,
                List.of(),
                atMs,
                atMs + 900_000,
                atMs,
                "c0ffee12");
    }
}
