package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.EngineSettings;
import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void theDemoKeepsToItsNamespaceAndToItsBroker() {
        WeirConfig config =
                engineConfig(Map.of("namespace", "production", "bootstrap.servers", "kafka.example.org:9092"));
        assertThat(config.namespace()).isEqualTo("demo");
        assertThat(config.applicationId()).isEqualTo("demo.weir-engine");
        assertThat(config.bootstrapServers()).isEqualTo("127.0.0.1:1234");
        assertThat(config.retentionByRecordTime()).isFalse();
        assertThat(config.commitIntervalMs()).isEqualTo(40);
    }

    @Test
    void whatTheOperatorAskedForIsNotOverruled() {
        WeirConfig config = engineConfig(Map.of(EngineSettings.COMMIT_INTERVAL_MS, "250", "streams.poll.ms", "77"));
        assertThat(config.commitIntervalMs()).isEqualTo(250);
        assertThat(config.passThrough(PassThrough.STREAMS)).containsEntry("poll.ms", "77");
    }

    @Test
    void onlyTheDemosNamespaceIsEverDeleted() {
        WeirConfig config = WeirConfig.of(Map.of("namespace", "production"));
        assertThatThrownBy(() -> new FreshNamespace(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the demo deletes only its own namespace, got production");
    }

    private static WeirConfig engineConfig(Map<String, String> settings) {
        DemoOptions options = new DemoOptions(
                WeirConfig.of(settings), EngineStarter.alone(() -> 0), false, System.out, () -> 0, () -> 0);
        return options.engineConfig("127.0.0.1:1234", 1234, 1235);
    }
}
