package io.weir.edge.milter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.MetricName;
import java.util.concurrent.atomic.AtomicInteger;

/** What the milter port counts. */
final class MilterMeters {
    private final Counter questions;
    private final Counter malformed;
    private final Counter refused;
    private final Counter idle;
    private final Counter failed;
    private final AtomicInteger connections = new AtomicInteger();

    MilterMeters(MeterRegistry registry) {
        questions = registry.counter(MetricName.MILTER_QUESTIONS.id());
        malformed = registry.counter(MetricName.MILTER_MALFORMED.id());
        refused = registry.counter(MetricName.MILTER_REFUSED.id());
        idle = registry.counter(MetricName.MILTER_IDLE.id());
        failed = registry.counter(MetricName.MILTER_FAILED.id());
        registry.gauge(MetricName.MILTER_CONNECTIONS.id(), connections);
    }

    void question() {
        questions.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void refused() {
        refused.increment();
    }

    void idle() {
        idle.increment();
    }

    void failed() {
        failed.increment();
    }

    /** @return connections now, this one included */
    int opened() {
        return connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }
}
