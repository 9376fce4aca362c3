package io.weir.edge.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.MetricName;
import java.util.concurrent.atomic.AtomicInteger;

/** What the policy port counts. */
final class PolicyMeters {
    private final Counter requests;
    private final Counter malformed;
    private final Counter refused;
    private final Counter idle;
    private final Counter failed;
    private final AtomicInteger connections = new AtomicInteger();

    PolicyMeters(MeterRegistry registry) {
        requests = registry.counter(MetricName.POLICY_REQUESTS.id());
        malformed = registry.counter(MetricName.POLICY_MALFORMED.id());
        refused = registry.counter(MetricName.POLICY_REFUSED.id());
        idle = registry.counter(MetricName.POLICY_IDLE.id());
        failed = registry.counter(MetricName.POLICY_FAILED.id());
        registry.gauge(MetricName.POLICY_CONNECTIONS.id(), connections);
    }

    void request() {
        requests.increment();
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
