package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.RulesChange;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.History;
import io.weir.replay.SimulatedMonth;
import io.weir.replay.Sources;
import io.weir.replay.offline.Observer;
import io.weir.replay.offline.OfflineRun;
import io.weir.replay.offline.RetryModel;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Way;
import io.weir.serde.VerdictJson;
import io.weir.throttle.CaseIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay is trusted because it is the engine: the same events give every sender the same verdicts, byte for byte, offline, in the topology
 * without a broker, and on a broker whatever the partitions, once more, and across a restart. The events are a real server's day, where it is
 * at hand, and a made-up month.
 */
@Timeout(240)
class ParityIT {
    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;
    private static SiteSecret secret;
    private static List<WeirEvent> events;
    private static Map<String, List<String>> expected;

    @BeforeAll
    static void judgeOffline() throws Exception {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
        secret = SiteSecret.readOrCreate(dir.resolve("site.secret"));
        events = new ArrayList<>();
        if (SharedData.isThere("maillogs/kdent/mail.log")) {
            events.addAll(realDay());
        }
        events.addAll(new SimulatedMonth(7, 120, 8).events());
        expected = offline(1);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** Under rules so strict that a small server's mail exceeds them. */
    private static List<WeirEvent> realDay() throws Exception {
        List<WeirEvent> day = new ArrayList<>();
        Sources log = Sources.of(SharedData.file("maillogs/kdent/mail.log"));
        try (History history =
                History.open(log, History.Options.at(Instant.now()).withFirstYear(2015))) {
            history.forEach(day::add);
        }
        Map<String, String> strict = Map.of(
                "newcomer.5m",
                "4",
                "newcomer.1h",
                "8",
                "newcomer.1d",
                "12",
                "floor.5m",
                "2",
                "floor.1h",
                "4",
                "noise",
                "0");
        day.add(0, new RulesChange("operator", day.get(0).occurredAtMs(), strict));
        return day;
    }

    @Test
    void thereIsSomethingToCompare() {
        assertThat(expected.values().stream().mapToInt(List::size).sum()).isGreaterThan(150);
        assertThat(expected)
                .containsKeys(SimulatedMonth.HIJACKED, SimulatedMonth.BLAST)
                .hasSizeGreaterThan(10);
        if (SharedData.isThere("maillogs/kdent/mail.log")) {
            long ofTheRealDay = expected.values().stream()
                    .flatMap(List::stream)
                    .filter(verdict -> VerdictJson.read(bytes(verdict)).decidedAtMs() < SimulatedMonth.START_MS)
                    .count();
            assertThat(ofTheRealDay).isGreaterThan(10);
        }
    }

    @Test
    void offlineInAnyNumberOfPartitions() {
        assertThat(offline(4)).isEqualTo(expected);
        assertThat(offline(48)).isEqualTo(expected);
    }

    @Test
    void inTheTopologyWithoutABroker() {
        Map<String, List<String>> verdicts = new TreeMap<>();
        try (TopologyFixture fixture = new TopologyFixture(
                dir.resolve("driver"), Sweep.Options.DEFAULT, 1 << 20, new CaseIds(secret.bytes()))) {
            fixture.pipe(events.toArray(WeirEvent[]::new));
            fixture.verdicts.readKeyValuesToList().stream()
                    .filter(record -> record.value != null)
                    .forEach(record -> add(verdicts, record.key, record.value));
        }
        assertThat(verdicts).isEqualTo(expected);
    }

    @Test
    void onABrokerInOnePartitionAndOnceMore() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "one", dir, 1)) {
            send(bed, events);
            run(bed, Map.of("engine.application.id", "first"));
            run(bed, Map.of("engine.application.id", "second"));
            assertThat(bed.verdictsOfEachOfTwo()).isEqualTo(expected);
            assertThat(bed.read(bed.topics().deadLetters())).isEmpty();
        }
    }

    @Test
    void onABrokerInFourPartitionsAcrossARestart() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "four", dir, 4)) {
            int half = events.size() / 2;
            send(bed, events.subList(0, half));
            run(bed, Map.of());
            send(bed, events.subList(half, events.size()));
            run(bed, Map.of());
            assertThat(bed.verdicts()).isEqualTo(expected);
        }
    }

    @Test
    void onABrokerInFortyEightPartitions() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "many", dir, 48)) {
            send(bed, events);
            run(bed, Map.of());
            assertThat(bed.verdicts()).isEqualTo(expected);
        }
    }

    private static void run(EngineBed bed, Map<String, String> settings) throws Exception {
        try (WeirEngine engine = bed.engine(settings)) {
            bed.awaitJudged(bed.config(settings));
            assertThat(engine.failure()).isEmpty();
        }
    }

    private static void send(EngineBed bed, List<WeirEvent> some) throws Exception {
        List<WeirEvent> mail = new ArrayList<>();
        for (WeirEvent event : some) {
            if (isControl(event)) {
                bed.send(mail.toArray(WeirEvent[]::new));
                mail.clear();
                bed.sendToAll(event);
            } else {
                mail.add(event);
            }
        }
        bed.send(mail.toArray(WeirEvent[]::new));
    }

    private static boolean isControl(WeirEvent event) {
        return !(event instanceof ConnectionEvent) && !(event instanceof Amendment);
    }

    private static Map<String, List<String>> offline(int partitions) {
        Setup setup =
                new Setup(Way.AS_RECORDED, secret.bytes(), partitions, null, Setup.USUAL_DELAY, RetryModel.NONE, true);
        Map<String, List<String>> verdicts = new TreeMap<>();
        OfflineRun run = new OfflineRun(setup, site -> new Observer() {
            @Override
            public void judged(Verdict verdict) {
                add(verdicts, verdict.client(), VerdictJson.write(verdict));
            }
        });
        run.begin(events.get(0).occurredAtMs());
        for (WeirEvent event : events) {
            if (isControl(event)) {
                for (int partition = 0; partition < partitions; partition++) {
                    run.take(partition, event);
                }
            } else {
                int hash = Utils.toPositive(Utils.murmur2(bytes(TopologyFixture.key(event))));
                run.take(hash % partitions, event);
            }
        }
        run.end();
        return verdicts;
    }

    private static void add(Map<String, List<String>> verdicts, String client, byte[] verdict) {
        verdicts.computeIfAbsent(client, none -> new ArrayList<>()).add(new String(verdict, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
