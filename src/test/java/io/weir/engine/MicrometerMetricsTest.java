package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import io.weir.engine.EngineMetrics.PartitionMeters;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private long now = 1_000_000;
    private final MicrometerMetrics metrics = new MicrometerMetrics(registry, () -> now);

    @Test
    void everyDeclaredMeterIsThereFromTheStartWithItsTags() {
        List<MetricName> ours = Arrays.stream(MetricName.values())
                .filter(name -> !name.isOfEdge())
                .toList();
        for (MetricName name : ours) {
            assertThat(registry.find(name.id()).meters())
                    .as(name.id())
                    .isNotEmpty()
                    .allSatisfy(meter -> assertThat(meter.getId().getTags())
                            .extracting(Tag::getKey)
                            .containsExactlyInAnyOrderElementsOf(name.tagNames()));
        }
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .isSubsetOf(
                        Arrays.stream(MetricName.values()).map(MetricName::id).toList());
    }

    @Test
    void countersCountWhatTheirTagsSay() {
        metrics.event(Outcome.DEFERRED);
        metrics.duplicate();
        metrics.denied();
        metrics.exempt();
        metrics.deadLetter(DeadLetterReason.FUTURE);
        metrics.swept(3);

        assertThat(count(MetricName.EVENTS, "deferred")).isEqualTo(1);
        assertThat(count(MetricName.EVENTS, "admitted")).isZero();
        assertThat(count(MetricName.DUPLICATES)).isEqualTo(1);
        assertThat(count(MetricName.DENIED_EVENTS)).isEqualTo(1);
        assertThat(count(MetricName.EXEMPT_EVENTS)).isEqualTo(1);
        assertThat(count(MetricName.DEAD_LETTERS, "future")).isEqualTo(1);
        assertThat(count(MetricName.SWEEP_DELETED)).isEqualTo(3);
    }

    @Test
    void aVerdictCountsWithTheTimeItTook() {
        now = 2_000_250;
        metrics.verdict(verdict(2_000_000));
        metrics.verdict(verdict(2_000_300));

        assertThat(count(MetricName.VERDICTS, "volume-surge", "throttle")).isEqualTo(2);
        var latency = registry.get(MetricName.DECISION_LATENCY.id()).timer();
        assertThat(latency.max(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @Test
    void anAlarmCountsByItsReason() {
        assertThat(count(MetricName.ALARMS, "volume-surge")).isZero();
        metrics.alarm("volume-surge");
        assertThat(count(MetricName.ALARMS, "volume-surge")).isEqualTo(1);
    }

    @Test
    void gaugesCoverThePartitionsOwnedNow() {
        assertThat(gauge(MetricName.EVENT_TIME_LAG)).isNaN();
        PartitionMeters one = metrics.partition("0_0");
        PartitionMeters two = metrics.partition("0_1");
        one.throttled(3);
        one.newest(990_000);
        two.throttled(4);
        two.alarming(2);
        two.newest(940_000);
        assertThat(gauge(MetricName.THROTTLED_SENDERS)).isEqualTo(7);
        assertThat(gauge(MetricName.ALARMING)).isEqualTo(2);
        assertThat(gauge(MetricName.EVENT_TIME_LAG)).isEqualTo(10);

        one.close();
        assertThat(gauge(MetricName.THROTTLED_SENDERS)).isEqualTo(4);
        assertThat(gauge(MetricName.EVENT_TIME_LAG)).isEqualTo(60);
    }

    @Test
    void ofKafkaStreamsMetersOnlyTheAllowedOnesAndTheirThreadsRemain() {
        registry.config().meterFilter(StreamsMeters.filter());
        Counter.builder("kafka.stream.thread.process.rate")
                .tags("client.id", "c", "thread.id", "t", "kafka.version", "4.3.1")
                .register(registry);
        Counter.builder("kafka.stream.state.put.rate")
                .tags("task.id", "0_1")
                .register(registry)
                .increment();

        assertThat(registry.find("kafka.stream.state.put.rate").meters()).isEmpty();
        assertThat(registry.get("kafka.stream.thread.process.rate")
                        .meter()
                        .getId()
                        .getTags())
                .containsExactlyElementsOf(List.of(Tag.of("client.id", "c"), Tag.of("thread.id", "t")));
    }

    private double count(MetricName name, String... tags) {
        return registry.get(name.id()).tags(name.tags(tags)).counter().count();
    }

    private double gauge(MetricName name) {
        return registry.get(name.id()).gauge().value();
    }

    private static Verdict verdict(long decidedAtMs) {
        return new Verdict(
                "203.0.113.7",
                Verdict.Action.THROTTLE,
                Mode.ENFORCE,
                0.5,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                1,
                1,
                1,
                List.of(),
                decidedAtMs,
                decidedAtMs + 900_000,
                decidedAtMs,
                "c0ffee12");
    }
}
