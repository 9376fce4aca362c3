package io.weir.edge;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the MTA tells which messages it accepted. With the first check alone it never does: then nobody earns a record, and nothing else shows it.
 */
final class AcceptedMail {
    private static final Logger log = LoggerFactory.getLogger(AcceptedMail.class);
    /** So many in a row are not given up by their clients. */
    private static final int ENOUGH = 20;

    private final AtomicInteger untold = new AtomicInteger();
    private volatile boolean isTold;

    /** The MTA has told of one. */
    void told() {
        isTold = true;
    }

    /** A transaction with recipients that passed is over, and was not told of. */
    void untold() {
        if (!isTold && untold.get() < ENOUGH && untold.incrementAndGet() == ENOUGH) {
            log.warn(
                    "{} messages have ended and the mail server told of none that it accepted, so that no sender earns a record: is its second"
                            + " check there, as in deploy/mta (smtpd_end_of_data_restrictions of Postfix)?",
                    ENOUGH);
        }
    }

    /** Once it was, a transaction that was not told of was abandoned; before, nobody can tell. */
    boolean isTold() {
        return isTold;
    }

    /** Whether the check is missing, as far as can be seen. */
    boolean isMissing() {
        return !isTold && untold.get() >= ENOUGH;
    }
}
