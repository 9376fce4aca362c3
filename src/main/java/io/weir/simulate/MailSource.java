package io.weir.simulate;

/** Mail of one kind: where it comes from and when, what its sender does when it is deferred, and who counts what becomes of it. */
public interface MailSource {
    Origin origin();

    /** Whether it is bounces. */
    boolean nullSender();

    /** When it wants to be sent. */
    Arrivals arrivals();

    RetrySchedule retries();

    /** Share of messages whose recipients do not exist here. */
    int rejectedPercent();

    /** How many recipients a message has, at least 1. */
    default int recipients(long serial) {
        return 1;
    }

    /** MAIL FROM; empty for the null sender. */
    String mailFrom();

    Ledger ledger();
}
