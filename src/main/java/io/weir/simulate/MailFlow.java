package io.weir.simulate;

import java.util.ArrayList;
import java.util.List;

/** All mail under way between senders and us: new messages arrive, deferred ones come back when their senders try again. */
public final class MailFlow {
    private final List<SourceQueue> queues = new ArrayList<>();
    private final DueQueue waiting = new DueQueue();
    private FirstTry firstTry = (order, arrivedMs) -> arrivedMs;

    /** When a message that arrives in its sender's queue is tried first. */
    @FunctionalInterface
    public interface FirstTry {
        long atMs(long order, long arrivedMs);
    }

    public MailFlow(List<? extends MailSource> sources) {
        for (MailSource source : sources) {
            queues.add(new SourceQueue(source, queues.size()));
        }
    }

    /** From now on messages are tried first at another time than that of their arrival. */
    public void firstTry(FirstTry other) {
        firstTry = other;
    }

    /** Lets everything happen that is due from {@code fromMs} on and before {@code toMs}. */
    public void run(long fromMs, long toMs, Site site) {
        for (SourceQueue queue : queues) {
            for (long ms : queue.source().arrivals().between(fromMs, toMs)) {
                waiting.add(queue.arrive(ms, firstTry));
            }
        }
        for (Mail mail = waiting.takeBefore(toMs); mail != null; mail = waiting.takeBefore(toMs)) {
            if (mail.answered(site.answer(mail))) {
                waiting.add(mail);
            } else {
                mail.left();
            }
        }
    }

    /** What arrives from {@code fromMs} on and before {@code toMs} is none of our business, but is numbered. */
    public void skip(long fromMs, long toMs) {
        for (SourceQueue queue : queues) {
            queue.skip(queue.source().arrivals().between(fromMs, toMs).length);
        }
    }

    /** The sender's owner empties its queue of a source. */
    public void purge(MailSource source) {
        for (Mail mail : waiting.takeIf(under -> under.source().equals(source))) {
            mail.left();
            source.ledger().lost(mail);
        }
    }

    /** Messages that were deferred, or found us away, and are still to come. */
    public int waiting() {
        return waiting.size();
    }
}
