package io.weir.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weir.config.MetricName;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.throttle.Reason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine's meters. Every counter there can be is made at once: counting is a field's increment, and a graph begins at zero. */
public final class MicrometerMetrics implements EngineMetrics {
    private final MeterRegistry registry;
    private final LongSupplier clockMs;
    private final Map<Outcome, Counter> events = new EnumMap<>(Outcome.class);
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Map<Verdict.Action, Map<String, Counter>> verdicts = new EnumMap<>(Verdict.Action.class);
    private final Map<String, Counter> alarms;
    private final Counter braked;
    private final Counter released;
    private final Counter exempt;
    private final Counter duplicates;
    private final Counter denied;
    private final Counter swept;
    private final Timer decisionLatency;
    private final Set<Partition> partitions = ConcurrentHashMap.newKeySet();

    /** @param clockMs milliseconds since the epoch; meters alone depend on it */
    public MicrometerMetrics(MeterRegistry registry, LongSupplier clockMs) {
        this.registry = registry;
        this.clockMs = clockMs;
        for (Outcome outcome : Outcome.values()) {
            events.put(outcome, counter(MetricName.EVENTS, outcome.label()));
        }
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, counter(MetricName.DEAD_LETTERS, reason.label()));
        }
        for (Verdict.Action action : Verdict.Action.values()) {
            verdicts.put(action, byReason(reason -> counter(MetricName.VERDICTS, reason, action.label())));
        }
        alarms = byReason(reason -> counter(MetricName.ALARMS, reason));
        braked = counter(MetricName.BRAKES, "on");
        released = counter(MetricName.BRAKES, "off");
        exempt = counter(MetricName.EXEMPT_EVENTS);
        duplicates = counter(MetricName.DUPLICATES);
        denied = counter(MetricName.DENIED_EVENTS);
        swept = counter(MetricName.SWEEP_DELETED);
        decisionLatency = Timer.builder(MetricName.DECISION_LATENCY.id())
                .description(MetricName.DECISION_LATENCY.meaning())
                .register(registry);
        gauge(MetricName.THROTTLED_SENDERS, metrics -> metrics.sum(partition -> partition.throttled));
        gauge(MetricName.ALARMING, metrics -> metrics.sum(partition -> partition.alarming));
        gauge(MetricName.EVENT_TIME_LAG, metrics -> metrics.lagSeconds());
    }

    private static Map<String, Counter> byReason(Function<String, Counter> counter) {
        return Arrays.stream(Reason.values())
                .map(Reason::id)
                .collect(Collectors.toUnmodifiableMap(Function.identity(), counter));
    }

    private Counter counter(MetricName name, String... tags) {
        return Counter.builder(name.id())
                .description(name.meaning())
                .tags(name.tags(tags))
                .register(registry);
    }

    private void gauge(MetricName name, Function<MicrometerMetrics, Double> value) {
        Gauge.builder(name.id(), this, value::apply)
                .description(name.meaning())
                .baseUnit(name.baseUnit().orElse(null))
                .register(registry);
    }

    @Override
    public void event(Outcome outcome) {
        increment(events.get(outcome));
    }

    @Override
    public void exempt() {
        exempt.increment();
    }

    @Override
    public void duplicate() {
        duplicates.increment();
    }

    @Override
    public void denied() {
        denied.increment();
    }

    @Override
    public void verdict(Verdict verdict) {
        Map<String, Counter> byReason = verdicts.get(verdict.action());
        increment(byReason == null ? null : byReason.get(verdict.reason()));
        long latencyMs = Math.max(0, clockMs.getAsLong() - verdict.decidedAtMs());
        decisionLatency.record(latencyMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public void alarm(String reason) {
        increment(alarms.get(reason));
    }

    @Override
    public void brake(boolean on) {
        (on ? braked : released).increment();
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {
        increment(deadLetters.get(reason));
    }

    @Override
    public void swept(int senders) {
        swept.increment(senders);
    }

    private static void increment(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public PartitionMeters partition(String task) {
        Partition partition = new Partition();
        partitions.add(partition);
        return partition;
    }

    private double sum(Function<Partition, AtomicInteger> count) {
        return partitions.stream()
                .mapToInt(partition -> count.apply(partition).get())
                .sum();
    }

    /** Not a number before the first event. */
    private double lagSeconds() {
        long newestMs = partitions.stream()
                .mapToLong(partition -> partition.newestMs.get())
                .max()
                .orElse(0);
        return newestMs == 0 ? Double.NaN : Math.max(0, clockMs.getAsLong() - newestMs) / 1000.0;
    }

    /** Written by one stream thread, read by whoever scrapes. */
    private final class Partition implements PartitionMeters {
        private final AtomicLong newestMs = new AtomicLong();
        private final AtomicInteger throttled = new AtomicInteger();
        private final AtomicInteger alarming = new AtomicInteger();

        @Override
        public void newest(long eventTimeMs) {
            newestMs.lazySet(eventTimeMs);
        }

        @Override
        public void throttled(int senders) {
            throttled.lazySet(senders);
        }

        @Override
        public void alarming(int senders) {
            alarming.lazySet(senders);
        }

        @Override
        public void close() {
            partitions.remove(this);
        }
    }
}
