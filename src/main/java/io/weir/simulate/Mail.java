package io.weir.simulate;

import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import io.weir.throttle.AdmitRule;
import org.jspecify.annotations.Nullable;

/** One message, until it is delivered or given up. */
public final class Mail implements Comparable<Mail> {
    private final SourceQueue queue;
    private final long serial;
    private final long order;
    private final long arrivedMs;
    private final int recipients;
    private long dueMs;
    private long firstAnsweredMs = -1;
    private int tries;
    private @Nullable SenderKey envelopeOf;
    private long envelope;

    /**
     * @param serial tells messages of its source apart
     * @param order tells messages of all sources apart, the same in every run
     * @param arrivedMs when it entered its sender's queue
     * @param dueMs when it is tried first
     */
    Mail(SourceQueue queue, long serial, long order, long arrivedMs, long dueMs) {
        this.queue = queue;
        this.serial = serial;
        this.order = order;
        this.arrivedMs = arrivedMs;
        this.recipients = queue.source().recipients(serial);
        this.dueMs = dueMs;
    }

    public MailSource source() {
        return queue.source();
    }

    public long serial() {
        return serial;
    }

    /** Where the attempt that is due comes from. */
    public ClientAddress client() {
        return source().origin().of(serial, tries);
    }

    public int recipients() {
        return recipients;
    }

    /** RCPT TO of the first recipient. */
    public String firstRecipient() {
        return "recipient" + order + "@example.org";
    }

    /** What edges know it by, when it comes from that sender. */
    long envelope(AdmitRule rule, SenderKey sender) {
        SenderKey known = envelopeOf;
        if (known == null || !known.equals(sender)) {
            envelopeOf = sender;
            envelope = rule.envelope(sender, source().mailFrom(), firstRecipient());
        }
        return envelope;
    }

    public long arrivedMs() {
        return arrivedMs;
    }

    /** When it is tried next. */
    public long dueMs() {
        return dueMs;
    }

    /** Attempts so far. */
    public int tries() {
        return tries;
    }

    /** Whether we have answered it before. */
    public boolean isAnswered() {
        return firstAnsweredMs >= 0;
    }

    /** How long ago we answered it first; 0 when now is the first time. */
    public long waitedMs() {
        return firstAnsweredMs < 0 ? 0 : dueMs - firstAnsweredMs;
    }

    /** Which of {@code count} mail exchangers of equal preference the attempt goes to: any, as RFC 5321 asks. */
    public int exchanger(int count) {
        return (int) Math.floorMod(Dice.mix(order * 31 + tries), (long) count);
    }

    /** Whether its recipients do not exist. */
    public boolean isRejected() {
        return source().rejectedPercent() > 0 && Math.floorMod(Dice.mix(order), 100L) < source().rejectedPercent();
    }

    /** Takes note of an answer. True when it will be tried again. */
    boolean answered(Reply reply) {
        source().ledger().answered(this, reply);
        tries++;
        if (firstAnsweredMs < 0 && reply != Reply.UNREACHABLE) {
            firstAnsweredMs = dueMs;
        }
        return reply.keepsWaiting() && retry();
    }

    /** It is under way no more. */
    void left() {
        queue.left();
    }

    private boolean retry() {
        RetrySchedule retries = source().retries();
        long next = retries.next(arrivedMs, dueMs, tries);
        if (next - arrivedMs > retries.lifetimeMs()) {
            source().ledger().lost(this);
            return false;
        }
        dueMs = next + queue.turnMs(order + tries);
        return true;
    }

    @Override
    public int compareTo(Mail other) {
        int byTime = Long.compare(dueMs, other.dueMs);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mail mail && mail.order == order;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }
}
