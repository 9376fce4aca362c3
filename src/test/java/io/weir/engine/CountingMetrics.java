package io.weir.engine;

import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What was counted, by name. */
final class CountingMetrics implements EngineMetrics {
    private final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());
    volatile int throttled;
    volatile int alarming;
    volatile long newestMs;

    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    private void add(String name, int more) {
        counts.merge(name, more, Integer::sum);
    }

    @Override
    public void event(Outcome outcome) {
        add("event." + outcome.label(), 1);
    }

    @Override
    public void exempt() {
        add("exempt", 1);
    }

    @Override
    public void duplicate() {
        add("duplicate", 1);
    }

    @Override
    public void denied() {
        add("denied", 1);
    }

    @Override
    public void verdict(Verdict verdict) {
        add("verdict." + verdict.action().label(), 1);
    }

    @Override
    public void brake(boolean on) {
        add("brake." + on, 1);
    }

    @Override
    public void alarm(String reason) {
        add("alarm." + reason, 1);
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {
        add("dead." + reason.label(), 1);
    }

    @Override
    public void swept(int senders) {
        add("swept", senders);
    }

    @Override
    public PartitionMeters partition(String task) {
        return new PartitionMeters() {
            @Override
            public void newest(long eventTimeMs) {
                newestMs = eventTimeMs;
            }

            @Override
            public void throttled(int senders) {
                throttled = senders;
            }

            @Override
            public void alarming(int senders) {
                alarming = senders;
            }

            @Override
            public void close() {
                add("closed", 1);
            }
        };
    }
}
