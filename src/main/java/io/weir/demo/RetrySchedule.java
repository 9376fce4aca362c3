package io.weir.demo;

/** When a sender's mail server tries again what was deferred. */
enum RetrySchedule {
    /** Postfix as it comes: after 300 s, then twice as long each time, up to 4000 s. */
    POSTFIX {
        @Override
        long delayMs(int tries) {
            return Math.min(300_000L << Math.min(tries - 1, 4), 4_000_000L);
        }
    },
    /** A mailer that knows no patience. */
    EVERY_MINUTE {
        @Override
        long delayMs(int tries) {
            return DemoCalendar.MINUTE_MS;
        }
    },
    /** Not a mail server at all: a bot goes on to its next victim. */
    NEVER {
        @Override
        long delayMs(int tries) {
            return GIVEN_UP;
        }
    };

    static final long GIVEN_UP = -1;

    /**
     * @param tries attempts so far, at least 1
     * @return milliseconds to the next one, or {@link #GIVEN_UP}
     */
    abstract long delayMs(int tries);
}
