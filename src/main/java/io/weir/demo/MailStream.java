package io.weir.demo;

import io.weir.model.ClientAddress;
import io.weir.simulate.Arrivals;
import io.weir.simulate.MailSource;
import io.weir.simulate.Origin;
import io.weir.simulate.RetrySchedule;

/**
 * Mail of one kind from one address; a hijacked server has two, its own and the thief's.
 *
 * @param name for people
 * @param client where it comes from
 * @param nullSender whether it is bounces
 * @param arrivals when it wants to be sent
 * @param retries what happens to what is deferred
 * @param rejectedPercent share of recipients that do not exist here
 * @param tally what became of it
 */
record MailStream(
        String name,
        ClientAddress client,
        boolean nullSender,
        Arrivals arrivals,
        RetrySchedule retries,
        int rejectedPercent,
        Tally tally)
        implements MailSource {
    static MailStream of(String name, String address, Arrivals arrivals, RetrySchedule retries) {
        return new MailStream(name, ClientAddress.parse(address), false, arrivals, retries, 0, new Tally());
    }

    @Override
    public Origin origin() {
        return Origin.one(client);
    }

    @Override
    public String mailFrom() {
        return nullSender ? "" : "sender@" + client.text() + ".example";
    }

    @Override
    public Tally ledger() {
        return tally;
    }
}
