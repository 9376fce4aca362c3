package io.weir.simulate;

import io.weir.model.ClientAddress;
import java.util.ArrayList;
import java.util.List;

/** Mail of one address that remembers every answer. */
public final class TestSource implements MailSource, Ledger {
    private final ClientAddress client;
    private final Arrivals arrivals;
    private final RetrySchedule retries;
    private final int recipients;
    private final List<Reply> replies = new ArrayList<>();
    private int lost;
    private long longestWaitMs;

    public TestSource(String address, Arrivals arrivals, RetrySchedule retries, int recipients) {
        this.client = ClientAddress.parse(address);
        this.arrivals = arrivals;
        this.retries = retries;
        this.recipients = recipients;
    }

    @Override
    public Origin origin() {
        return Origin.one(client);
    }

    @Override
    public boolean nullSender() {
        return false;
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public RetrySchedule retries() {
        return retries;
    }

    @Override
    public int rejectedPercent() {
        return 0;
    }

    @Override
    public int recipients(long serial) {
        return recipients;
    }

    @Override
    public String mailFrom() {
        return "somebody@sender.example";
    }

    @Override
    public Ledger ledger() {
        return this;
    }

    @Override
    public void answered(Mail mail, Reply reply) {
        replies.add(reply);
        longestWaitMs = Math.max(longestWaitMs, mail.waitedMs());
    }

    @Override
    public void lost(Mail mail) {
        lost++;
    }

    /** Every answer, in the order of time. */
    public List<Reply> replies() {
        return replies;
    }

    public long count(Reply reply) {
        return replies.stream().filter(reply::equals).count();
    }

    public int lost() {
        return lost;
    }

    public long longestWaitMs() {
        return longestWaitMs;
    }
}
