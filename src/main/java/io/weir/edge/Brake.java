package io.weir.edge;

import io.weir.throttle.BrakeCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets everything pass when too much would be deferred: so much of a site's mail is rarely an attack and often our mistake. It counts in
 * slots of a minute over ten minutes, and once on stays on, through restarts too, until an operator deletes its file. A decision never waits for
 * the disk: {@link #tend} sees to the file.
 */
final class Brake {
    private static final Logger log = LoggerFactory.getLogger(Brake.class);
    private static final int MOST_UNTOLD = 100;

    private final Options options;
    private final BrakeCount count;
    private final Deque<Change> untold = new ArrayDeque<>();
    /** Held while the file is looked at or written, and never by a decision. */
    private final Object disk = new Object();

    private volatile boolean on;
    private String reason = "";
    /** Guarded by {@link #disk}. */
    private boolean isWritten;
    /** Guarded by {@link #disk}. */
    private boolean isComplainedOf;

    /**
     * When it acts.
     *
     * @param limits of what may be deferred
     * @param file there while it is on
     */
    record Options(BrakeCount.Limits limits, Path file) {}

    /** It went on, for a reason; or was released. */
    record Change(boolean on, String why) {}

    Brake(Options options) {
        this.options = options;
        this.count = new BrakeCount(options.limits);
        on = Files.exists(options.file);
        isWritten = on;
        if (on) {
            changed(true, "it is on since an earlier run");
            log.warn("the brake is on since an earlier run: all mail passes; delete {} to release it", options.file);
        }
    }

    boolean isOn() {
        return on;
    }

    /**
     * Takes note of a decision.
     *
     * @param established whether the sender is, as far as the edge can tell
     * @param defers what was decided, whether the brake was on or not
     * @return whether everything passes now, this transaction included
     */
    synchronized boolean decided(boolean established, boolean defers, long nowMs) {
        count.add(established, defers, nowMs);
        if (!on && defers) {
            String excess = count.excess(nowMs);
            if (excess != null) {
                trip(excess);
            }
        }
        return on;
    }

    private void changed(boolean isOn, String why) {
        if (untold.size() < MOST_UNTOLD) {
            untold.add(new Change(isOn, why));
        }
    }

    /** Changes that nobody has been told of, oldest first. */
    synchronized List<Change> untold() {
        return List.copyOf(untold);
    }

    /** So many of them have been told. */
    synchronized void told(int count) {
        for (int i = 0; i < count; i++) {
            untold.remove();
        }
    }

    private void trip(String what) {
        on = true;
        reason = String.format(
                Locale.ROOT, "%s of the last ten minutes would have been deferred: all mail passes", what);
        changed(true, reason);
        log.error("BRAKE: {}, until you say weir brake release or delete {}", reason, options.file);
    }

    /** To be called every second or so, by a thread that may wait: keeps the file of a brake that is on, and sees when it was deleted. */
    void tend() {
        synchronized (disk) {
            if (!on) {
                return;
            }
            if (!isWritten) {
                write();
            } else if (Files.notExists(options.file)) {
                // Of a file that was never written, or that cannot be looked for, nobody has said that the brake is to
                // be released.
                off();
            }
        }
    }

    private void write() {
        try {
            Files.writeString(options.file, reason() + System.lineSeparator(), StandardCharsets.UTF_8);
            isWritten = true;
        } catch (IOException e) {
            if (!isComplainedOf) {
                isComplainedOf = true;
                log.error("{} cannot be written: after a restart the brake will be off", options.file, e);
            }
        }
    }

    private synchronized String reason() {
        return reason;
    }

    /**
     * Releases it.
     *
     * @return false when it was not on
     */
    boolean release() {
        synchronized (disk) {
            if (!on) {
                return false;
            }
            try {
                Files.deleteIfExists(options.file);
            } catch (IOException e) {
                log.warn("{} cannot be deleted: the brake will be on again after a restart", options.file, e);
            }
            off();
            return true;
        }
    }

    private void off() {
        isWritten = false;
        isComplainedOf = false;
        clear();
        log.warn("the brake is released: verdicts are obeyed again");
    }

    private synchronized void clear() {
        on = false;
        changed(false, "");
        count.clear();
    }
}
