package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.BrokerSettings;
import io.weir.config.CommonSettings;
import io.weir.config.HttpSettings;
import io.weir.config.WeirConfig;
import io.weir.engine.EngineState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, as {@code weir demo} runs it. */
@Timeout(300)
class DemoIT {
    private static final Duration AS_PROMISED = Duration.ofMinutes(2);

    @TempDir
    Path dir;

    @Test
    void itShowsWhatItPromisesInUnderTwoMinutes() {
        WeirConfig config = WeirConfig.of(Map.of(
                CommonSettings.DATA_DIR, dir.toString(),
                BrokerSettings.PORT, "0",
                BrokerSettings.CONTROLLER_PORT, "0",
                HttpSettings.PORT, "0"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        DemoOptions options = new DemoOptions(
                config,
                EngineStarter.alone(System::currentTimeMillis),
                false,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                System::currentTimeMillis,
                System::nanoTime);
        try (Demo demo = Demo.start(options)) {
            DemoResult result = demo.run();
            String account = printed.toString(StandardCharsets.UTF_8);
            Promises.hold(result);
            assertThat(result.elapsed()).isLessThan(allowed());
            assertThat(demo.engine().state()).isEqualTo(EngineState.READY);
            assertThat(account)
                    .contains("broker   127.0.0.1:" + demo.config().brokerPort() + ", data in " + dir)
                    .contains("What next")
                    .contains("--namespace demo");
        }
    }

    /** What is promised is promised for two processors of its own; where others want them too, the demo gets its share of them. */
    private static Duration allowed() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        double ours = 2.0 * Runtime.getRuntime().availableProcessors();
        return Duration.ofMillis((long) (AS_PROMISED.toMillis() * Math.max(1, load / ours)));
    }
}
