package io.weir.throttle;

/** When a mail server tries a deferred message again; each after its documented defaults. */
enum RetrySchedule {
    /**
     * Postfix: as long as the message has waited, 300 s to 4000 s, at the next scan of the deferred queue, every 300 s
     * (minimal_backoff_time, maximal_backoff_time, queue_run_delay), for 5 days (maximal_queue_lifetime).
     */
    POSTFIX(50, 5) {
        @Override
        long next(long arrivedMs, long nowMs, int attempts) {
            long wait = Math.max(300_000, Math.min(4_000_000, nowMs - arrivedMs));
            long due = nowMs + wait;
            return (due + 299_999) / 300_000 * 300_000;
        }
    },
    /** Exim's configure.default: F,2h,15m; G,16h,1h,1.5; F,4d,6h, picked up by a queue runner every 30 minutes. */
    EXIM(200, 4) {
        @Override
        long next(long arrivedMs, long nowMs, int attempts) {
            long age = nowMs - arrivedMs;
            long wait = 6 * Scenario.HOUR_MS;
            if (age < 2 * Scenario.HOUR_MS) {
                wait = 15 * Scenario.MINUTE_MS;
            } else if (age < 16 * Scenario.HOUR_MS) {
                wait = Math.max(Scenario.HOUR_MS, age / 2);
            }
            long run = 30 * Scenario.MINUTE_MS;
            return (nowMs + wait + run - 1) / run * run;
        }
    },
    /**
     * Exchange, a Mailbox server's Set-TransportService defaults: six times after 5 minutes
     * (TransientFailureRetryCount, TransientFailureRetryInterval), then every 10 minutes
     * (OutboundConnectionFailureRetryInterval), for 2 days (MessageExpirationTimeout).
     */
    EXCHANGE(50, 2) {
        @Override
        long next(long arrivedMs, long nowMs, int attempts) {
            return nowMs + (attempts <= 6 ? 5 : 10) * Scenario.MINUTE_MS;
        }
    };

    private final int transactionMs;
    private final int days;

    RetrySchedule(int transactionMs, int days) {
        this.transactionMs = transactionMs;
        this.days = days;
    }

    /** The sender gives a message up when it was queued for so long. */
    long lifetimeMs() {
        return days * 24 * Scenario.HOUR_MS;
    }

    /** About how long one transaction after another takes it; Exim's queue runner delivers one by one. */
    int transactionMs() {
        return transactionMs;
    }

    /**
     * When to try again.
     *
     * @param arrivedMs when the message entered the queue
     * @param nowMs when it was just deferred
     * @param attempts how often it was tried
     */
    abstract long next(long arrivedMs, long nowMs, int attempts);
}
