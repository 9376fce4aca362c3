package io.weir.simulate;

/** A source's mail under way. */
final class SourceQueue {
    /** Messages of one source at most, so that numbers of different sources never meet. */
    private static final long MOST_MESSAGES = 1L << 40;

    private final MailSource source;
    private final long number;
    private long serials;
    private int waiting;

    SourceQueue(MailSource source, int number) {
        this.source = source;
        this.number = number;
    }

    MailSource source() {
        return source;
    }

    Mail arrive(long arrivedMs, MailFlow.FirstTry firstTry) {
        waiting++;
        long serial = serials++;
        long order = number * MOST_MESSAGES + serial;
        return new Mail(this, serial, order, arrivedMs, firstTry.atMs(order, arrivedMs));
    }

    void skip(long messages) {
        serials += messages;
    }

    void left() {
        waiting--;
    }

    /** A queue runner delivers one after another: when a message's turn comes after the run has begun. */
    long turnMs(long chance) {
        long spread = (long) waiting * source.retries().transactionMs();
        return spread == 0 ? 0 : (long) (Dice.part(chance) * spread);
    }
}
