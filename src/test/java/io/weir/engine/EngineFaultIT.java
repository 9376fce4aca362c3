package io.weir.engine;

import static io.weir.engine.TestEvents.DAY;
import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.WeirConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to engines and brokers in real life. Each time the same events are judged once more without any disturbance: states and
 * verdicts must be the same, byte for byte.
 */
@Timeout(300)
class EngineFaultIT {
    private static final TestLoad LOAD = new TestLoad(21, 2_000, 30_000, NOON, 4 * DAY);
    private static final TestLoad MORE = new TestLoad(22, 2_000, 10_000, NOON + 4 * DAY, DAY);

    @TempDir
    Path dir;

    private EmbeddedBroker broker;
    private EngineBed bed;

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
        bed = new EngineBed(broker, "", dir, 4);
    }

    @AfterEach
    void stopBroker() {
        bed.close();
        broker.close();
    }

    @Test
    void killedInTheMiddleOfALoadItCountsEveryEventOnce() throws Exception {
        Map<String, String> settings = settings("weir-engine");
        WeirConfig config = bed.config(settings);
        Path log = dir.resolve("engine.log");
        bed.send(LOAD);
        for (double left : new double[] {0.7, 0.3}) {
            EngineProcess engine = new EngineProcess(settings, log);
            awaitLag(config, lag -> lag < left * LOAD.events());
            engine.kill();
            assertThat(bed.lag(config)).as("events left when it was killed").isPositive();
        }
        try (EngineProcess engine = new EngineProcess(settings, log)) {
            bed.awaitJudged(config);
            assertThat(engine.isAlive()).isTrue();
        }
        assertSameAsUndisturbed(config);
    }

    @Test
    void aBrokerThatRestartsUnderLoadCostsNothingButTime() throws Exception {
        WeirConfig config = bed.config(Map.of());
        bed.send(LOAD);
        try (WeirEngine engine = bed.engine(Map.of())) {
            awaitLag(config, lag -> lag < 0.8 * LOAD.events());
            EmbeddedBroker.Options options = broker.options();
            broker.close();
            broker = EmbeddedBroker.start(options);
            bed.send(MORE);
            bed.awaitJudged(config);
            assertThat(engine.failure()).isEmpty();
        }
        assertSameAsUndisturbed(config);
    }

    @Test
    void partitionsMoveBetweenTwoEnginesAndQueriesKnowWhere() throws Exception {
        Map<String, String> one = member("one", 8001);
        Map<String, String> two = member("two", 8002);
        WeirConfig config = bed.config(one);
        bed.send(LOAD);
        WeirEngine first = bed.engine(one);
        try (WeirEngine second = bed.engine(two)) {
            try (first) {
                awaitBothJudge(first, second);
                assertEachAnswersOrNamesTheOther(first.queries(), 8002);
                assertEachAnswersOrNamesTheOther(second.queries(), 8001);
                bed.send(MORE);
                awaitLag(config, lag -> lag < MORE.events());
            }
            bed.awaitJudged(config);
            assertThat(second.failure()).isEmpty();
            Awaitility.await()
                    .atMost(EngineBed.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(answeredHere(second.queries())).isEqualTo(200));
        }
        assertSameAsUndisturbed(config);
    }

    @Test
    void rulesThatChangeWithinARollingRestartHoldFromOneEventOn() throws Exception {
        Map<String, String> one = member("one", 8001);
        Map<String, String> two = member("two", 8002);
        WeirConfig config = bed.config(one);
        WeirEngine second = bed.engine(two);
        try (WeirEngine first = bed.engine(one)) {
            bed.send(LOAD);
            awaitLag(config, lag -> lag < 0.9 * LOAD.events());
            assertThat(first.failure()).isEmpty();
        }
        bed.sendToAll(rules(NOON + 4 * DAY, "newcomer.5m", "30", "mode.newcomer-volume", "enforce"));
        try (WeirEngine first = bed.engine(one)) {
            bed.send(MORE);
            second.close();
            second = bed.engine(two);
            bed.awaitJudged(config);
            assertThat(first.failure()).isEmpty();
            assertThat(second.failure()).isEmpty();
        } finally {
            second.close();
        }
        assertSameAsUndisturbed(config);
        assertRulesChangeOnce();
    }

    private void assertRulesChangeOnce() throws Exception {
        int changed = 0;
        for (List<String> verdicts : bed.verdictsOfEachOfTwo().values()) {
            List<String> ids = verdicts.stream()
                    .map(json -> json.substring(json.indexOf("\"rules\":")))
                    .toList();
            List<String> distinct = ids.stream().distinct().toList();
            assertThat(distinct.size()).isLessThanOrEqualTo(2);
            assertThat(ids.lastIndexOf(distinct.get(0)) - ids.indexOf(distinct.get(0)))
                    .isEqualTo(ids.stream().filter(distinct.get(0)::equals).count() - 1);
            changed += distinct.size() - 1;
        }
        assertThat(changed).isPositive();
    }

    private void assertSameAsUndisturbed(WeirConfig config) throws Exception {
        Map<String, String> whole = Map.of("engine.application.id", "whole");
        try (WeirEngine engine = bed.engine(whole)) {
            bed.awaitJudged(bed.config(whole));
            assertThat(engine.failure()).isEmpty();
        }
        assertThat(bed.state(config)).hasSizeGreaterThan(2_000).isEqualTo(bed.state(bed.config(whole)));
        assertThat(bed.verdictsOfEachOfTwo()).hasSizeGreaterThan(100);
    }

    private void awaitLag(WeirConfig config, LongPredicate enough) {
        Callable<Boolean> reached = () -> enough.test(bed.lag(config));
        Awaitility.await()
                .atMost(EngineBed.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(reached);
    }

    private static void awaitBothJudge(WeirEngine first, WeirEngine second) {
        Awaitility.await()
                .atMost(EngineBed.PATIENCE)
                .until(() -> answeredHere(first.queries()) > 0
                        && answeredHere(second.queries()) > 0
                        && answeredHere(first.queries()) + answeredHere(second.queries()) == 200);
    }

    private static int answeredHere(Queries queries) {
        int here = 0;
        for (int i = 0; i < 200; i++) {
            if (queries.sender(LOAD.address(i).sender()) instanceof Answer.Local) {
                here++;
            }
        }
        return here;
    }

    private static void assertEachAnswersOrNamesTheOther(Queries queries, int otherPort) {
        for (int i = 0; i < 200; i++) {
            Answer<SenderFacts> answer = queries.sender(LOAD.address(i).sender());
            if (answer instanceof Answer.Remote<SenderFacts> remote) {
                assertThat(remote.engines()).extracting(EngineAddress::port).containsExactly(otherPort);
            } else {
                assertThat(answer).isInstanceOf(Answer.Local.class);
            }
        }
    }

    private Map<String, String> member(String name, int port) {
        return Map.of(
                "http.advertised",
                "127.0.0.1:" + port,
                "engine.state.dir",
                dir.resolve(name).toString());
    }

    /** As a process of its own needs them: complete. */
    private Map<String, String> settings(String application) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "data.dir",
                dir.toString(),
                "engine.application.id",
                application,
                "engine.state.dir",
                dir.resolve(application).toString(),
                "engine.retention.by.record.time",
                "false",
                "engine.rocksdb.bytes",
                "33554432",
                "engine.record.cache.bytes",
                "16777216",
                "streams.replication.factor",
                "1"));
        // A killed engine's partitions are given away after this time.
        settings.put("streams.main.consumer.session.timeout.ms", "2000");
        settings.put("streams.main.consumer.heartbeat.interval.ms", "500");
        return settings;
    }
}
