package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    @Test
    void exactlyOnceWithQuickCommitsByDefault() {
        StreamsConfig settings = streams(Map.of());

        assertThat(settings.getString("application.id")).isEqualTo("trial.weir-engine");
        assertThat(settings.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(settings.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(settings.getString("group.protocol")).isEqualTo("classic");
        assertThat(settings.getString("errors.dead.letter.queue.topic.name")).isEqualTo("trial.smtp-connections-dlq");
        assertThat(settings.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(settings.getProducerConfigs("p"))
                .containsEntry("linger.ms", 5)
                .containsEntry("compression.type", "lz4")
                .containsEntry("max.request.size", 2 * 1024 * 1024);
    }

    @Test
    void standbysAreTheClientsAffairUnderTheClassicProtocolOnly() {
        assertThat(streams(Map.of("engine.standby.replicas", "1")).getInt("num.standby.replicas"))
                .isEqualTo(1);
        assertThat(streams(Map.of("engine.standby.replicas", "1", "engine.group.protocol", "streams"))
                        .getInt("num.standby.replicas"))
                .isZero();
    }

    @Test
    void whatIsPassedThroughWins() {
        StreamsConfig settings = streams(Map.of(
                "streams.producer.compression.type", "zstd",
                "streams.max.task.idle.ms", "7",
                "kafka.reconnect.backoff.ms", "77"));

        assertThat(settings.getProducerConfigs("p"))
                .containsEntry("compression.type", "zstd")
                .containsEntry("reconnect.backoff.ms", "77");
        assertThat(settings.getLong("max.task.idle.ms")).isEqualTo(7);
    }

    @Test
    void aNetworkIsNamedAsEventsAreKeyed() {
        assertThat(prefixes("203.0.113.0/24")).containsExactly("34cb0071", "6e34cb0071");
        assertThat(prefixes("2001:db8:1::/48")).containsExactly("3620010db80001", "6e3620010db80001");
        assertThat(prefixes("pool:a")).containsExactly("5061", "6e5061");
        for (String bad : new String[] {"203.0.113.0", "203.0.113.7/24", "203.0.0.0/16", "pool:", "x"}) {
            assertThatThrownBy(() -> NetworkPrefix.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> prefixes(String network) {
        return NetworkPrefix.of(network).stream().map(HexFormat.of()::formatHex).toList();
    }

    private static StreamsConfig streams(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("namespace", "trial");
        settings.put("bootstrap.servers", "localhost:1");
        try (RocksDbMemory memory = new RocksDbMemory(16 * 1024 * 1024)) {
            return new StreamsConfig(StreamsSettings.of(
                    WeirConfig.of(settings),
                    new HostInfo("localhost", 1),
                    new DeadLetters("dlq", EngineMetrics.NONE, () -> 0),
                    memory));
        }
    }
}
