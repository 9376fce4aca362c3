package io.weir.simulate;

/** What answers the senders. */
@FunctionalInterface
public interface Site {
    /** Answers the attempt that is due; called in the order of time. */
    Reply answer(Mail mail);
}
