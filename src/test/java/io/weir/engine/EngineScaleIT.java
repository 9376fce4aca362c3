package io.weir.engine;

import static io.weir.engine.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.StateCodec;
import io.weir.serde.VerdictJson;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand senders under the shipped settings: what the engine makes of them is what the judgement alone makes of them. */
@Timeout(600)
class EngineScaleIT {
    private static final TestLoad LOAD = new TestLoad(11, 100_000, 600_000, NOON, 50 * 60 * TestEvents.MINUTE);

    @TempDir
    Path dir;

    @Test
    void everyStateAndVerdictIsThatOfTheJudgementAlone() throws Exception {
        Map<String, String> shipped = Map.of(
                "engine.record.cache.bytes",
                Integer.toString(128 << 20),
                "engine.rocksdb.bytes",
                Integer.toString(128 << 20));
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
                EngineBed bed = new EngineBed(broker, "scale", dir, 4)) {
            WeirConfig config = bed.config(shipped);
            try (WeirEngine engine = bed.engine(shipped)) {
                bed.send(LOAD);
                bed.awaitJudged(config);
                assertThat(engine.failure()).isEmpty();
            }

            Alone alone =
                    new Alone(SiteSecret.readOrCreate(config.dataDirectory().resolve("site.secret")));
            LOAD.forEach(alone::take);

            assertThat(bed.read(bed.topics().deadLetters())).isEmpty();
            assertThat(bed.verdicts()).hasSizeGreaterThan(1_000).isEqualTo(alone.verdicts);
            Map<Bytes, Bytes> states = bed.senders(config);
            // The sweep may have deleted what the judgement takes for absent, and nothing else.
            assertThat(alone.states).containsAllEntriesOf(states);
            assertThat(alone.stillThere())
                    .hasSizeGreaterThan(50_000)
                    .allSatisfy(key -> assertThat(states).containsKey(key));
        }
    }

    /** Folds {@link Throttle} over the events in the order in which they were sent; duplicates there are none. */
    private static final class Alone {
        private final Throttle throttle;
        private final StateCodec codec = new StateCodec();
        private final EventJson json = new EventJson();
        private final Map<SenderKey, SenderState> senders = new HashMap<>();
        private final Map<NetworkKey, NetworkState> networks = new HashMap<>();
        private final Map<Bytes, Bytes> states = new HashMap<>();
        private final Map<String, List<String>> verdicts = new TreeMap<>();
        private long newestMs;

        Alone(SiteSecret secret) {
            this.throttle = new Throttle(new CaseIds(secret.bytes()));
        }

        void take(TestLoad.Item item) {
            WeirEvent event = json.read(item.value());
            newestMs = Math.max(newestMs, event.occurredAtMs());
            if (event instanceof Amendment amendment) {
                Throttle.Amended amended =
                        throttle.amend(senders.get(amendment.sender()), networks::get, amendment, Controls.NONE);
                keep(amendment.sender(), amended.sender());
                keep(amended.networks());
            } else if (event instanceof ConnectionEvent connection && Throttle.counts(connection)) {
                judge(connection);
            }
        }

        private void judge(ConnectionEvent event) {
            SenderKey sender = event.sender();
            Judgement judged = throttle.step(senders.get(sender), networks::get, event, Controls.NONE);
            keep(sender, judged.sender());
            keep(judged.networks());
            for (Verdict verdict : judged.verdicts()) {
                verdicts.computeIfAbsent(verdict.client(), client -> new ArrayList<>())
                        .add(new String(VerdictJson.write(verdict), StandardCharsets.UTF_8));
            }
        }

        private void keep(List<Judgement.OfNetwork> changed) {
            for (Judgement.OfNetwork network : changed) {
                networks.put(network.network(), network.state());
                states.put(Bytes.wrap(network.network().bytes()), Bytes.wrap(codec.write(network.state())));
            }
        }

        private void keep(SenderKey sender, SenderState state) {
            if (state != null) {
                senders.put(sender, state);
                states.put(Bytes.wrap(sender.bytes()), Bytes.wrap(codec.write(state)));
            }
        }

        private List<Bytes> stillThere() {
            return senders.entrySet().stream()
                    .filter(entry -> !entry.getValue().absentAt(newestMs, Controls.NONE.rules()))
                    .map(entry -> Bytes.wrap(entry.getKey().bytes()))
                    .toList();
        }
    }
}
