package io.weir.simulate;

/**
 * When a sender's mail server tries a deferred message again, and for how long; each after its documented defaults, or as it was measured.
 */
public enum RetrySchedule {
    /**
     * Postfix: after as long as the message has waited, 300 s to 4000 s, at the next scan of the deferred queue, every 300 s, for 5 days
     * (minimal_backoff_time, maximal_backoff_time, queue_run_delay, maximal_queue_lifetime in postconf(5); qmgr(8) on how they combine).
     */
    POSTFIX("postfix", 50, 5 * Spans.DAY_MS) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            long wait = Math.max(300_000, Math.min(4_000_000, nowMs - arrivedMs));
            return nextScan(nowMs + wait, 300_000);
        }
    },
    /**
     * Exim: F,2h,15m; G,16h,1h,1.5; F,4d,6h of its configure.default (specification, chapter "Retry configuration"), picked up by a queue
     * runner every 30 minutes (-q30m, as Debian starts it), which delivers one by one.
     */
    EXIM("exim", 200, 4 * Spans.DAY_MS) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            long age = nowMs - arrivedMs;
            long wait = 6 * Spans.HOUR_MS;
            if (age < 2 * Spans.HOUR_MS) {
                wait = 15 * Spans.MINUTE_MS;
            } else if (age < 16 * Spans.HOUR_MS) {
                wait = Math.max(Spans.HOUR_MS, age / 2);
            }
            return nextScan(nowMs + wait, 30 * Spans.MINUTE_MS);
        }
    },
    /**
     * Exchange, a Mailbox server's Set-TransportService defaults: six times after 5 minutes (TransientFailureRetryCount,
     * TransientFailureRetryInterval), then every 10 minutes (OutboundConnectionFailureRetryInterval), for 2 days (MessageExpirationTimeout).
     */
    EXCHANGE("exchange", 50, 2 * Spans.DAY_MS) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            return nowMs + (attempts <= 6 ? 5 : 10) * Spans.MINUTE_MS;
        }
    },
    /**
     * Gmail as greylisting of 6 hours met it, each try from another of 7 addresses: after 6:02, 29:02, 56:36, 98:44, 162:03, 229:44, 309:05 and
     * 434:46 minutes (Pagani et al., Measuring the Role of Greylisting and Nolisting in Fighting Spam, DSN 2016). It was through then; from
     * there on the last interval is kept up here, for 3 days, which is an assumption.
     */
    GMAIL("gmail", 20, 3 * Spans.DAY_MS) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            if (attempts <= GMAIL_SECONDS.length) {
                long before = attempts == 1 ? 0 : GMAIL_SECONDS[attempts - 2];
                return nowMs + (GMAIL_SECONDS[attempts - 1] - before) * Spans.SECOND_MS;
            }
            return nowMs + 7_541 * Spans.SECOND_MS;
        }
    },
    /** A mailer that knows no patience. */
    EVERY_MINUTE("every-minute", 50, 5 * Spans.DAY_MS) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            return nowMs + Spans.MINUTE_MS;
        }
    },
    /** Not a mail server at all: a bot goes on to its next victim. */
    NEVER("never", 0, 0) {
        @Override
        public long next(long arrivedMs, long nowMs, int attempts) {
            return nowMs + Spans.DAY_MS;
        }
    };

    private static final int[] GMAIL_SECONDS = {362, 1_742, 3_396, 5_924, 9_723, 13_784, 18_545, 26_086};

    private final String id;
    private final int transactionMs;
    private final long lifetimeMs;

    RetrySchedule(String id, int transactionMs, long lifetimeMs) {
        this.id = id;
        this.transactionMs = transactionMs;
        this.lifetimeMs = lifetimeMs;
    }

    /** Name in resource files and labelled traffic. */
    public String id() {
        return id;
    }

    /** The sender gives a message up when it was queued for so long. */
    public long lifetimeMs() {
        return lifetimeMs;
    }

    /** How long one transaction after another takes it, about. */
    public int transactionMs() {
        return transactionMs;
    }

    /**
     * When to try again.
     *
     * @param arrivedMs when the message entered the queue
     * @param nowMs when it was just deferred
     * @param attempts how often it was tried
     */
    public abstract long next(long arrivedMs, long nowMs, int attempts);

    private static long nextScan(long dueMs, long everyMs) {
        return (dueMs + everyMs - 1) / everyMs * everyMs;
    }
}
