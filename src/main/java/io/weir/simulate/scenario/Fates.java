package io.weir.simulate.scenario;

import io.weir.simulate.Ledger;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import java.util.Arrays;

/**
 * What became of an actor's mail, counted over the messages that arrived in a span of time. Messages whose recipients do not exist here are
 * counted apart: nobody receives or misses them.
 */
public final class Fates implements Ledger {
    public static final long NEVER = -1;

    private final long fromMs;
    private final long toMs;
    private long messages;
    private long recipients;
    private long messagesDeferred;
    private long recipientsDelivered;
    private long messagesLost;
    private long attempts;
    private long leaked;
    private long firstMs = NEVER;
    private long firstDeferralMs = NEVER;
    private long lastDeferralMs = NEVER;
    private long[] delays = new long[16];
    private int delayed;

    Fates(long fromMs, long toMs) {
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    @Override
    public void answered(Mail mail, Reply reply) {
        if (reply == Reply.UNREACHABLE || !counts(mail)) {
            return;
        }
        attempts++;
        firstMs = firstMs == NEVER ? mail.dueMs() : firstMs;
        boolean first = !mail.isAnswered();
        if (first && !mail.isRejected()) {
            messages++;
            recipients += mail.recipients();
        }
        if (reply == Reply.DEFERRED) {
            deferred(mail, first);
        } else if (reply == Reply.ACCEPTED) {
            accepted(mail, first);
        }
    }

    private void deferred(Mail mail, boolean first) {
        lastDeferralMs = mail.dueMs();
        firstDeferralMs = firstDeferralMs == NEVER ? mail.dueMs() : firstDeferralMs;
        messagesDeferred += first && !mail.isRejected() ? 1 : 0;
    }

    private void accepted(Mail mail, boolean first) {
        recipientsDelivered += mail.recipients();
        leaked += firstDeferralMs == NEVER ? mail.recipients() : 0;
        if (!first) {
            delays = delayed < delays.length ? delays : Arrays.copyOf(delays, 2 * delayed);
            delays[delayed++] = mail.waitedMs();
        }
    }

    @Override
    public void lost(Mail mail) {
        messagesLost += counts(mail) && !mail.isRejected() ? 1 : 0;
    }

    private boolean counts(Mail mail) {
        return mail.arrivedMs() >= fromMs && mail.arrivedMs() < toMs;
    }

    /** Messages that we answered at least once. */
    public long messages() {
        return messages;
    }

    /** Their recipients. */
    public long recipients() {
        return recipients;
    }

    /** Attempts that we answered, whatever the recipients. */
    public long attempts() {
        return attempts;
    }

    /** Messages whose first attempt was deferred. */
    public long messagesDeferred() {
        return messagesDeferred;
    }

    public long recipientsDelivered() {
        return recipientsDelivered;
    }

    /** Messages that their sender gave up. */
    public long messagesLost() {
        return messagesLost;
    }

    /** Recipients delivered before the first deferral. */
    public long leaked() {
        return leaked;
    }

    /** When it was first answered, or {@link #NEVER}. */
    public long firstMs() {
        return firstMs;
    }

    /** When it was first deferred, or {@link #NEVER}. */
    public long firstDeferralMs() {
        return firstDeferralMs;
    }

    /** When it was deferred last, or {@link #NEVER}. */
    public long lastDeferralMs() {
        return lastDeferralMs;
    }

    /** How long those waited that were deferred and then delivered, milliseconds, shortest first. */
    public long[] delaysMs() {
        long[] sorted = Arrays.copyOf(delays, delayed);
        Arrays.sort(sorted);
        return sorted;
    }
}
