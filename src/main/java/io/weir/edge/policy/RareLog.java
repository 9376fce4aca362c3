package io.weir.edge.policy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Logs at most one line in ten seconds, with how many were left out: whoever can send nonsense must not be able to fill a disk with it. */
public final class RareLog {
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Logger log;
    private final LongSupplier nanos;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    /** @param nanos a clock that only ever goes on */
    public RareLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    public void warn(String message, Object... arguments) {
        if (mayLog()) {
            log.warn(message + leftOutText(), arguments);
        }
    }

    public void error(String message, Throwable cause) {
        if (mayLog()) {
            log.error("{}{}", message, leftOutText(), cause);
        }
    }

    private boolean mayLog() {
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            return true;
        }
        leftOut.incrementAndGet();
        return false;
    }

    private String leftOutText() {
        long count = leftOut.getAndSet(0);
        return count == 0 ? "" : " (" + count + " such lines left out)";
    }
}
