package io.weir.replay.offline;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a mail server tries a deferred message again. A log holds no retries of deferrals that never happened; these stand in for them, each
 * by its documented defaults.
 */
public enum RetryModel {
    /**
     * As long as the message has waited, 300 s to 4000 s, at the next scan of the deferred queue, every 300 s (postconf(5):
     * minimal_backoff_time, maximal_backoff_time, queue_run_delay), for 5 days (maximal_queue_lifetime).
     */
    POSTFIX("postfix", 5) {
        @Override
        long pauseMs(long ageMs) {
            return Math.max(5 * MINUTE_MS, Math.min(4_000_000, ageMs));
        }

        @Override
        long runMs() {
            return 5 * MINUTE_MS;
        }
    },
    /** Exim's configure.default: {@code F,2h,15m; G,16h,1h,1.5; F,4d,6h}, picked up by a queue runner every 30 minutes. */
    EXIM("exim", 4) {
        @Override
        long pauseMs(long ageMs) {
            if (ageMs < 2 * HOUR_MS) {
                return 15 * MINUTE_MS;
            }
            // Each interval 1.5 times the one before means: half of what has passed.
            return ageMs < 16 * HOUR_MS ? Math.max(HOUR_MS, ageMs / 2) : 6 * HOUR_MS;
        }

        @Override
        long runMs() {
            return 30 * MINUTE_MS;
        }
    },
    /** Exchange's MessageRetryInterval, 15 minutes, for 2 days (MessageExpirationTimeout; both of Set-TransportService). */
    EXCHANGE("exchange", 2) {
        @Override
        long pauseMs(long ageMs) {
            return 15 * MINUTE_MS;
        }

        @Override
        long runMs() {
            return 1;
        }
    },
    /** What is deferred never comes back, as from a bot. */
    NONE("none", 0) {
        @Override
        long pauseMs(long ageMs) {
            return 0;
        }

        @Override
        long runMs() {
            return 1;
        }
    };

    /** The sender has given the message up. */
    public static final long GIVEN_UP = -1;

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;
    /** Delivered one after the other: so long does a queue run take, for what was deferred in one. */
    private static final long SPREAD_MS = 30_000;

    private final String label;
    private final long lifetimeMs;

    RetryModel(String label, int days) {
        this.label = label;
        this.lifetimeMs = days * DAY_MS;
    }

    /** The model of this name, if there is one. */
    public static Optional<RetryModel> of(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label.equals(label))
                .findFirst();
    }

    public static String labels() {
        return Arrays.stream(values()).map(RetryModel::label).collect(Collectors.joining(", "));
    }

    public String label() {
        return label;
    }

    /** For so long a sender tries. */
    public long lifetimeMs() {
        return lifetimeMs;
    }

    /** How long to wait when a message of this age was just deferred, milliseconds. */
    abstract long pauseMs(long ageMs);

    /** How often the queue is looked through, milliseconds. */
    abstract long runMs();

    /**
     * When the message is tried again.
     *
     * @param arrivedMs when it was tried first
     * @param nowMs when it was just deferred
     * @param chance any number that belongs to the message: no two servers' queues run at the same moment, and no two messages of one
     * @return milliseconds since the epoch, or {@link #GIVEN_UP}
     */
    public long next(long arrivedMs, long nowMs, long chance) {
        long due = nowMs + pauseMs(nowMs - arrivedMs);
        long run = runMs();
        long next = due + Math.floorMod(-due, run) + Math.floorMod(chance, SPREAD_MS);
        return next - arrivedMs >= lifetimeMs ? GIVEN_UP : next;
    }
}
