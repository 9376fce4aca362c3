package io.weir.replay.suggest;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;

/** What one sender did: how it began, and what became of it. Counts are recipients. */
final class SenderStudy {
    private final SenderKey sender;
    private final long firstMs;
    private final DailyVolumes volumes = new DailyVolumes();
    private long attempts;
    private long rejected;
    private Peak fiveMinutes = Peak.NONE;
    private Peak hour = Peak.NONE;
    private long firstDay;

    /** The largest sum of a clock-aligned window, of events in the order of time. */
    private record Peak(long window, long sum, long most) {
        static final Peak NONE = new Peak(-1, 0, 0);

        Peak with(long atWindow, long count) {
            long newSum = atWindow > window ? count : sum + count;
            return new Peak(Math.max(window, atWindow), newSum, Math.max(most, newSum));
        }
    }

    SenderStudy(SenderKey sender, long firstMs) {
        this.sender = sender;
        this.firstMs = firstMs;
    }

    void add(ConnectionEvent event) {
        attempts += event.recipients();
        if (event.outcome() == Outcome.REJECTED) {
            rejected += event.recipients();
        }
        if (event.outcome() != Outcome.ADMITTED) {
            return;
        }
        volumes.add(event.occurredAtMs() / Horizon.DAY.millis(), event.recipients());
        // Bounces have an allowance of their own.
        if (!event.nullSender() && event.occurredAtMs() < firstMs + Horizon.DAY.millis()) {
            firstDay += event.recipients();
            fiveMinutes = fiveMinutes.with(event.occurredAtMs() / Horizon.FIVE_MINUTES.millis(), event.recipients());
            hour = hour.with(event.occurredAtMs() / Horizon.HOUR.millis(), event.recipients());
        }
    }

    SenderKey sender() {
        return sender;
    }

    long firstMs() {
        return firstMs;
    }

    /** Its largest five minutes, its largest hour and the sum of its first 24 hours; bounces apart. */
    PerHorizon beginning() {
        return new PerHorizon(fiveMinutes.most, hour.most, firstDay);
    }

    /** Share of its attempts that the server rejected. */
    double rejectedShare() {
        return attempts == 0 ? 0 : (double) rejected / attempts;
    }

    DailyVolumes volumes() {
        return volumes;
    }
}
