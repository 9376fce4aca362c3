package io.weir.simulate;

/** Takes note of what becomes of a source's mail. */
public interface Ledger {
    /**
     * One attempt was answered.
     *
     * @param mail as it was when it was tried: {@link Mail#dueMs()} is now, {@link Mail#tries()} are those before
     */
    void answered(Mail mail, Reply reply);

    /** Its sender gave a message up, or its owner deleted it. */
    void lost(Mail mail);
}
