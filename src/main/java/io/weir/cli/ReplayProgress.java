package io.weir.cli;

import java.util.Locale;
import java.util.OptionalLong;

/** How far a long reading has come: a bar that is redrawn on a terminal, otherwise a line now and then. */
final class ReplayProgress {
    private static final long BAR_EVERY_NANOS = 200_000_000L;
    private static final long LINE_EVERY_NANOS = 10_000_000_000L;
    private static final int BAR = 24;

    private final Terminal terminal;
    private final String doing;
    private final boolean isBar;
    private final long beganNanos;
    private long nextNanos;
    private long events;
    private boolean isDrawn;

    /** @param doing what goes on, such as {@code judging} */
    ReplayProgress(Terminal terminal, String doing) {
        this(terminal, doing, terminal.isInteractive(), System.nanoTime());
    }

    ReplayProgress(Terminal terminal, String doing, boolean isBar, long nowNanos) {
        this.terminal = terminal;
        this.doing = doing;
        this.isBar = isBar;
        this.beganNanos = nowNanos;
        this.nextNanos = nowNanos + (isBar ? BAR_EVERY_NANOS : LINE_EVERY_NANOS);
    }

    void event() {
        events++;
    }

    /**
     * To be called again and again.
     *
     * @param done so much of the whole
     * @param whole in the same unit; empty when nobody knows
     */
    void at(long done, OptionalLong whole) {
        at(done, whole, System.nanoTime());
    }

    void at(long done, OptionalLong whole, long nowNanos) {
        if (nowNanos < nextNanos) {
            return;
        }
        nextNanos = nowNanos + (isBar ? BAR_EVERY_NANOS : LINE_EVERY_NANOS);
        double seconds = (nowNanos - beganNanos) / 1e9;
        String line = doing
                + part(done, whole)
                + String.format(Locale.ROOT, "  %,d events, %,.0f/s", events, events / seconds)
                + left(done, whole, seconds);
        if (isBar) {
            terminal.err().print("\r" + line + "\u001b[K");
            terminal.err().flush();
            isDrawn = true;
        } else {
            terminal.err().println(line);
        }
    }

    private String part(long done, OptionalLong whole) {
        if (whole.isEmpty() || whole.getAsLong() == 0) {
            return "";
        }
        double part = Math.min(1, (double) done / whole.getAsLong());
        int full = (int) (part * BAR);
        String bar = isBar ? "  [" + "#".repeat(full) + ".".repeat(BAR - full) + "]" : "";
        return bar + String.format(Locale.ROOT, "  %2.0f%%", 100 * part);
    }

    private static String left(long done, OptionalLong whole, double seconds) {
        if (whole.isEmpty() || done <= 0) {
            return "";
        }
        double left = seconds * Math.max(0, whole.getAsLong() - done) / done;
        return left < 90
                ? String.format(Locale.ROOT, ", %.0f s left", left)
                : String.format(Locale.ROOT, ", %.0f min left", left / 60);
    }

    /** Takes the bar away. */
    void end() {
        if (isDrawn) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
