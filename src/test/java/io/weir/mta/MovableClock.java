package io.weir.mta;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Goes on as every clock does, at a distance from the time of day that a test may change. */
final class MovableClock extends Clock {
    private final AtomicReference<Duration> offset;

    /** @param behind so long the time of day is behind: so far it may be moved on before a broker refuses what it stamps */
    static MovableClock behind(Duration behind) {
        return new MovableClock(behind.negated());
    }

    private MovableClock(Duration offset) {
        this.offset = new AtomicReference<>(offset);
    }

    void forward(Duration by) {
        offset.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
