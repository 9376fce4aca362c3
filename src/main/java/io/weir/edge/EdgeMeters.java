package io.weir.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.MetricName;
import io.weir.throttle.Answer;
import java.util.List;
import java.util.function.Supplier;

/** What an edge counts. */
final class EdgeMeters {
    private final MeterRegistry registry;
    private final Counter written;
    private final Counter gaps;
    private final Counter unthrottled;

    EdgeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.written = registry.counter(MetricName.EVENTS_WRITTEN.id());
        this.gaps = registry.counter(MetricName.EDGE_GAPS.id());
        this.unthrottled = decisions("unthrottled");
        // There from the start: what never happened reads 0.
        for (String answer : List.of(
                "within-share",
                "throttled",
                "would-defer",
                "allowed",
                "overridden",
                "trusted",
                "refused",
                "tls-wanted",
                "role",
                "braked")) {
            decisions(answer).increment(0);
        }
        for (String reason : new String[] {"full", "refused", "failed"}) {
            eventsDropped(reason, 0);
        }
    }

    /** @param tags values, as {@link MetricName#tags} takes them */
    void watch(MetricName name, Supplier<Number> value, String... tags) {
        Gauge.builder(name.id(), value)
                .tags(name.tags(tags))
                .strongReference(true)
                .register(registry);
    }

    void eventsWritten(int count) {
        written.increment(count);
    }

    void eventsDropped(String reason, int count) {
        registry.counter(MetricName.EVENTS_DROPPED.id(), MetricName.EVENTS_DROPPED.tags(reason))
                .increment(count);
    }

    void gapWritten() {
        gaps.increment();
    }

    void decided(Answer answer) {
        if (answer instanceof Answer.Unthrottled) {
            unthrottled.increment();
        } else {
            decisions(answer.label()).increment();
        }
    }

    private Counter decisions(String answer) {
        return registry.counter(MetricName.EDGE_DECISIONS.id(), MetricName.EDGE_DECISIONS.tags(answer));
    }
}
