package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.suggest.MadeUpSite;
import io.weir.serde.EventJson;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays from topics and into them, on a broker that a site works with. */
@Timeout(180)
class ReplayTopicsIT {
    private static final int DAYS = 20;
    private static final Instant BEGIN =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAYS, ChronoUnit.DAYS);
    private static final String OFFICE = "198.51.100.1";
    private static final String BLAST = "203.0.113.7";
    private static final int BLAST_DAY = 12;

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

    /** Three offices with mail on every day, and one that blasts on one; no two events at one time. */
    private static List<ConnectionEvent> mail() {
        MadeUpSite site = new MadeUpSite(BEGIN.toEpochMilli());
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < 10; i++) {
                site.mail(OFFICE, day + 0.3 + i / 100.0, 5, Outcome.ADMITTED);
                site.mail("192.0.2.9", day + 0.301 + i / 100.0, 5, Outcome.ADMITTED);
                site.mail("198.18.3.4", day + 0.302 + i / 100.0, 5, Outcome.ADMITTED);
            }
        }
        for (int i = 0; i < 300; i++) {
            site.mail(BLAST, BLAST_DAY + 0.5 + i / 86_400.0, 10, Outcome.ADMITTED);
        }
        return site.events();
    }

    private static Path log(String name, List<ConnectionEvent> events) throws IOException {
        Path log = dir.resolve(name);
        EventJson json = new EventJson();
        try (OutputStream out = Files.newOutputStream(log)) {
            for (ConnectionEvent event : events) {
                out.write(json.write(event));
                out.write('\n');
            }
        }
        return log;
    }

    @Test
    void whatEdgesRecordedIsToldFromATimeAndUpToAnother() throws Exception {
        topics("past");
        write("past", mail());
        Map<TopicPartition, Long> before = ends("past");
        Path fromTopic = dir.resolve("topic.jsonl");
        Path fromLog = dir.resolve("log.jsonl");

        Run whole = weir("past", "replay", "--from-kafka", "--decisions", fromTopic.toString());
        Run ofLog = weir(
                "",
                "replay",
                log("past.jsonl", mail()).toString(),
                "--learn-days",
                "0",
                "--decisions",
                fromLog.toString());

        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(findings(whole)).hasSizeGreaterThan(5).isEqualTo(findings(ofLog));
        assertThat(fromTopic).hasSameTextualContentAs(fromLog);
        assertThat(findings(whole).get(0)).isEqualTo("Way what-if, 6000 recipients tried by 4 senders.");
        assertThat(findings(whole)).anyMatch(line -> line.startsWith(BLAST));

        Run since = fromKafka("--since", at(BLAST_DAY + 1));
        assertThat(findings(since))
                .containsExactly(
                        "Way what-if, 1050 recipients tried by 4 senders.", "No sender would have been deferred.");
        Run until = fromKafka("--until", at(BLAST_DAY));
        assertThat(findings(until))
                .containsExactly(
                        "Way what-if, 1800 recipients tried by 3 senders.", "No sender would have been deferred.");
        Run between = fromKafka("--since", at(BLAST_DAY), "--until", at(BLAST_DAY + 1));
        assertThat(findings(between))
                .contains("Way what-if, 3150 recipients tried by 4 senders.")
                .anyMatch(line -> line.startsWith(BLAST));

        assertThat(ends("past")).isEqualTo(before);
        assertThat(groups()).noneMatch(group -> group.startsWith("past"));
    }

    private static Run fromKafka(String... args) {
        List<String> all = new ArrayList<>(List.of("replay", "--from-kafka"));
        all.addAll(List.of(args));
        Run run = weir("past", all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static List<String> findings(Run run) {
        int from = run.lines()
                .indexOf(run.lines().stream()
                        .filter(line -> line.startsWith("Way what-if"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(run.out() + run.err())));
        return run.lines().subList(from, run.lines().size());
    }

    /** A site begins with a past, and lives on untouched while its past is tried out beside it. */
    @Test
    void aSiteIsBootstrappedAndATrialLeavesItAlone() throws Exception {
        topics("site");
        Path log = log("site.jsonl", mail());

        Run loaded = weir("site", "replay", log.toString(), "--to-kafka", "--bootstrap");

        assertThat(loaded.exitCode()).as(loaded.err()).isZero();
        assertThat(loaded.lines())
                .contains("900 events written to site.smtp-connections, " + at(0.3) + " to " + at(19.392))
                .anyMatch(line -> line.matches("rules [0-9a-f]{8} are in force: the site learns until .*"));
        assertThat(learnUntil("site")).isAfter(Instant.parse(at(19))).isBefore(Instant.parse(at(DAYS)));
        SiteSecret.readOrCreate(dir.resolve("data/site.site.secret"));
        try (RunningCommand engine = engine("site")) {
            for (String sender : List.of(OFFICE, "192.0.2.9", "198.18.3.4")) {
                await().atMost(Duration.ofSeconds(40))
                        .untilAsserted(() -> assertThat(senders(engine, sender))
                                .contains("\nestablished: first seen " + at(0).substring(0, 10)));
            }
        }
        refusals(log);

        Map<String, String> before = site();
        Run trial = weir("trial", "replay", log.toString(), "--to-kafka");
        assertThat(trial.exitCode()).as(trial.err()).isZero();
        assertThat(trial.lines()).anyMatch(line -> line.startsWith(BLAST + " "));
        try (RunningCommand engine = engine("trial")) {
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(senders(engine, OFFICE))
                            .startsWith(OFFICE + "  (network 198.51.100.0/24), as of "
                                    + at(DAYS - 1).substring(0, 10))
                            .contains("\nestablished: "));
        }
        assertThat(site()).isEqualTo(before);
        assertThat(groups()).contains("trial.weir-engine", "site.weir-engine");
    }

    /** The same past goes on where it ended; another has no place, and neither has a site's past in a namespace of history. */
    private static void refusals(Path log) throws IOException {
        Run again = weir("site", "replay", log.toString(), "--to-kafka", "--bootstrap");
        assertThat(again.err()).contains("900 events are there already");
        assertThat(again.lines()).anyMatch(line -> line.startsWith("0 events written to site.smtp-connections"));

        List<ConnectionEvent> others = new MadeUpSite(BEGIN.toEpochMilli())
                .daily("203.0.113.9", 0, DAYS, 3, Outcome.ADMITTED)
                .events();
        Run other = weir("site", "replay", log("other.jsonl", others).toString(), "--to-kafka", "--bootstrap");
        assertThat(other.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(other.err().lines())
                .last()
                .asString()
                .matches(
                        "weir: site.smtp-connections holds .*; (only a site that has seen no mail yet can be bootstrapped|.*choose another --namespace)");

        try (Cluster cluster = cluster("old");
                TopicAdmin admin = cluster.topics()) {
            admin.apply(TopicOptions.embedded("old", 1)
                    .withHistory(true)
                    .apply(TopicFiles.onClasspath().read()));
        }
        Run history = weir("old", "replay", log.toString(), "--to-kafka", "--bootstrap");
        assertThat(history.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(history.err().lines())
                .last()
                .asString()
                .isEqualTo(
                        "weir: old.smtp-connections is for history: a site that is to run needs a namespace of its own");
    }

    private static RunningCommand engine(String namespace) {
        return RunningCommand.start(
                "engine ready", args(namespace, "engine", "-D", "http.port=0", "-D", "http.open=true"));
    }

    private static String senders(RunningCommand engine, String address) {
        return Run.now("senders", address, "--api", engine.url()).out();
    }

    private static Instant learnUntil(String namespace) {
        return weir(namespace, "rules", "show").lines().stream()
                .filter(line -> line.startsWith("learn.until.ms = "))
                .map(line -> Instant.ofEpochMilli(Long.parseLong(line.substring(17))))
                .findFirst()
                .orElseThrow();
    }

    /** All that there is of the site: its topics' ends, how far its group has come, its files. */
    private static Map<String, String> site() throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Cluster cluster = cluster("site")) {
            for (String topic : cluster.await(cluster.admin().listTopics().names())) {
                if (topic.startsWith("site.")) {
                    all.put(
                            topic,
                            new TreeMap<>(text(cluster.ends(cluster.partitions(topic)))) + " kept for "
                                    + cluster.topicSetting(topic, "retention.ms"));
                }
            }
            all.put("group", text(cluster.committed("site.weir-engine")).toString());
        }
        try (Stream<Path> files = Files.walk(dir.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains("/data/site."))
                    .toList()) {
                all.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        assertThat(all.keySet()).anyMatch(name -> name.contains("/data/site.state/"));
        return all;
    }

    private static Map<String, Long> text(Map<TopicPartition, Long> offsets) {
        Map<String, Long> text = new TreeMap<>();
        offsets.forEach((partition, offset) -> text.put(partition.toString(), offset));
        return text;
    }

    private static List<String> groups() {
        try (Cluster cluster = cluster("")) {
            return cluster.await(cluster.admin().listGroups().all()).stream()
                    .map(GroupListing::groupId)
                    .toList();
        }
    }

    private static Map<TopicPartition, Long> ends(String namespace) {
        try (Cluster cluster = cluster(namespace)) {
            return cluster.ends(cluster.partitions(TopicName.CONNECTIONS.in(namespace)));
        }
    }

    private static void write(String namespace, List<ConnectionEvent> events) {
        try (Cluster cluster = cluster(namespace)) {
            String topic = TopicName.CONNECTIONS.in(namespace);
            LoadedEvents places = LoadedEvents.in(cluster, topic, 0);
            try (EventSink sink = new EventSink(cluster, topic)) {
                events.forEach(event -> sink.send(places.item(event).record(topic)));
                sink.flush();
            }
        }
    }

    private static String at(double day) {
        return BEGIN.plusMillis(Math.round(day * 86_400_000))
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    private static void topics(String namespace) {
        Run run = weir(namespace, "topics", "apply", "--partitions", "2", "--replicas", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Cluster cluster(String namespace) {
        return Cluster.reach(
                WeirConfig.of(Map.of("bootstrap.servers", broker.bootstrapServers(), "namespace", namespace)));
    }

    private static Run weir(String namespace, String... args) {
        return Run.now(args(namespace, args));
    }

    private static String[] args(String namespace, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--namespace", namespace, "-D", "bootstrap.servers=" + broker.bootstrapServers()));
        all.addAll(List.of("-D", "data.dir=" + dir.resolve("data"), "-D", "streams.replication.factor=1"));
        return all.toArray(String[]::new);
    }
}
