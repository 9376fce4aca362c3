package io.weir.model;

/** Control record: an edge or the site was away from {@code fromMs} to {@code toMs}; queues will arrive at once. */
public record Gap(String edge, long occurredAtMs, long fromMs, long toMs) implements WeirEvent {
    public Gap {
        if (fromMs < 0 || toMs < fromMs) {
            throw new IllegalArgumentException("a gap must end after it began, got " + fromMs + " to " + toMs);
        }
    }
}
