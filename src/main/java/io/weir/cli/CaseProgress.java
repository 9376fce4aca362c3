package io.weir.cli;

import java.util.Locale;

/** How far a long run of many cases has come: one line that is redrawn on a terminal, otherwise a line now and then. */
final class CaseProgress {
    private static final long REDRAWN_EVERY_NANOS = 200_000_000L;
    private static final long LINE_EVERY_NANOS = 15_000_000_000L;

    private final Terminal terminal;
    private final boolean isRedrawn;
    private long beganNanos;
    private long lastNanos;
    private long nextNanos;
    private int before;
    private boolean isDrawn;

    CaseProgress(Terminal terminal) {
        this(terminal, terminal.isInteractive(), System.nanoTime());
    }

    CaseProgress(Terminal terminal, boolean isRedrawn, long nowNanos) {
        this.terminal = terminal;
        this.isRedrawn = isRedrawn;
        this.beganNanos = nowNanos;
        this.lastNanos = nowNanos;
        this.nextNanos = nowNanos + every();
    }

    private long every() {
        return isRedrawn ? REDRAWN_EVERY_NANOS : LINE_EVERY_NANOS;
    }

    /**
     * To be called after each case.
     *
     * @param doing which part of the whole; the time left is that of this part
     */
    void at(String doing, int done, int whole) {
        at(doing, done, whole, System.nanoTime());
    }

    void at(String doing, int done, int whole, long nowNanos) {
        if (done <= before) {
            // A part begins when the one before has ended.
            beganNanos = lastNanos;
        }
        before = done;
        lastNanos = nowNanos;
        if (nowNanos < nextNanos) {
            return;
        }
        nextNanos = nowNanos + every();
        String line =
                String.format(Locale.ROOT, "%s: %,d of %,d cases", doing, done, whole) + left(done, whole, nowNanos);
        if (isRedrawn) {
            terminal.err().print("\r" + line + "\u001b[K");
            terminal.err().flush();
            isDrawn = true;
        } else {
            terminal.err().println(line);
        }
    }

    private String left(int done, int whole, long nowNanos) {
        double left = (nowNanos - beganNanos) / 1e9 * (whole - done) / done;
        if (left <= 0) {
            return "";
        }
        return left < 90
                ? String.format(Locale.ROOT, ", %.0f s left", left)
                : String.format(Locale.ROOT, ", %.0f min left", left / 60);
    }

    /** Takes the line away. */
    void end() {
        if (isDrawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
