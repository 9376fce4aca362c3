package io.weir.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.MetricName;
import io.weir.throttle.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What an edge counts. */
final class EdgeMeters {
    private final MeterRegistry registry;
    private final Counter written;
    private final Counter gaps;
    /** By label: there from the start, so that what never happened reads 0, and not looked up for each answer. */
    private final Map<String, Counter> decisions = new HashMap<>();

    EdgeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.written = registry.counter(MetricName.EVENTS_WRITTEN.id());
        this.gaps = registry.counter(MetricName.EDGE_GAPS.id());
        for (String answer : List.of(
                "unthrottled",
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
            decisions.put(
                    answer, registry.counter(MetricName.EDGE_DECISIONS.id(), MetricName.EDGE_DECISIONS.tags(answer)));
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
        Counter counter = decisions.get(answer.label());
        if (counter != null) { // our own mail is not counted
            counter.increment();
        }
    }
}
