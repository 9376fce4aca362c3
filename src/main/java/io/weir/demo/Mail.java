package io.weir.demo;

/** One message to one recipient, until it is delivered or given up. */
final class Mail implements Comparable<Mail> {
    private final MailStream stream;
    private final long serial;
    private final long envelope;
    private long dueMs;
    private long firstTriedMs = -1;
    private int tries;

    /**
     * @param serial tells messages apart
     * @param envelope what edges know it by
     * @param dueMs when it is tried first
     */
    Mail(MailStream stream, long serial, long envelope, long dueMs) {
        this.stream = stream;
        this.serial = serial;
        this.envelope = envelope;
        this.dueMs = dueMs;
    }

    MailStream stream() {
        return stream;
    }

    long envelope() {
        return envelope;
    }

    /** When it is tried next. */
    long dueMs() {
        return dueMs;
    }

    /** Which of {@code count} mail exchangers of equal preference the next attempt goes to: any, as RFC 5321 asks. */
    int exchanger(int count) {
        return (int) Math.floorMod(Dice.mix(serial * 31 + tries), (long) count);
    }

    /** Whether its recipient does not exist. */
    boolean rejected() {
        return Math.floorMod(Dice.mix(serial), 100L) < stream.rejectedPercent();
    }

    /**
     * Takes note of an answer.
     *
     * @return whether it will be tried again
     */
    boolean answered(boolean deferred) {
        tries++;
        if (firstTriedMs < 0) {
            firstTriedMs = dueMs;
        }
        stream.tally().answered(tries, deferred, dueMs - firstTriedMs);
        if (!deferred) {
            return false;
        }
        long delayMs = stream.retries().delayMs(tries);
        if (delayMs == RetrySchedule.GIVEN_UP) {
            stream.tally().lost();
            return false;
        }
        dueMs += delayMs;
        return true;
    }

    @Override
    public int compareTo(Mail other) {
        int byTime = Long.compare(dueMs, other.dueMs);
        return byTime != 0 ? byTime : Long.compare(serial, other.serial);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mail mail && mail.serial == serial;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(serial);
    }
}
