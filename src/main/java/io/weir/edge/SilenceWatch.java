package io.weir.edge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells the silence of an outage from that of a quiet hour: nothing was seen for more than 15 minutes of hours that are usually busy. Whether the
 * edge was away or the line was down makes no difference to the queues that arrive afterwards.
 *
 * <p>What is usual is learnt for each of the 168 hours of a week, in UTC, so that a quiet Sunday is no outage. An hour that was never seen is not
 * busy: an edge says nothing in its first week. Safe for several threads.
 */
final class SilenceWatch {
    /** Shorter pauses are restarts and the like: what queued up meanwhile is within what a sender's own ups and downs allow. */
    private static final long SHORT_MS = 15 * 60_000;

    private static final long HOUR_MS = 3_600_000;
    private static final int HOURS = 7 * 24;
    /** Four in a quarter: with fewer, a quarter without any is nothing special. */
    private static final double BUSY = 16;
    /** Of the newest week: a new habit is learnt in a month, and one outage unlearns no old one. */
    private static final double WEIGHT = 0.25;

    private static final double UNKNOWN = -1;
    private static final long NEVER = -1;
    private static final String FORMAT = "1";
    private static final int HEAD = 3;

    private final double[] usual = new double[HOURS];
    private long lastMs = NEVER;
    /** Transactions of the hour of {@link #lastMs}. */
    private long count;

    /** Nothing was seen after {@code fromMs} until {@code toMs}, and that is unusual. */
    record Silence(long fromMs, long toMs) {}

    SilenceWatch() {
        Arrays.fill(usual, UNKNOWN);
    }

    /**
     * Takes up what {@link #state()} gave.
     *
     * @throws IllegalArgumentException when it is nothing of the kind
     */
    static SilenceWatch of(String state) {
        String[] words = state.strip().split("\\s+");
        if (words.length != HEAD + HOURS || !words[0].equals(FORMAT)) {
            throw new IllegalArgumentException("it has " + words.length + " words and begins with another format");
        }
        SilenceWatch watch = new SilenceWatch();
        watch.lastMs = Math.max(NEVER, Long.parseLong(words[1]));
        watch.count = Long.parseLong(words[2]);
        for (int i = 0; i < HOURS; i++) {
            watch.usual[i] = Double.parseDouble(words[HEAD + i]);
        }
        return watch;
    }

    /** All that it knows, as text. */
    synchronized String state() {
        StringBuilder text = new StringBuilder(2 * 1024);
        text.append(FORMAT).append(' ').append(lastMs).append(' ').append(count).append('\n');
        for (double hour : usual) {
            text.append(hour).append('\n');
        }
        return text.toString();
    }

    /**
     * A transaction has begun.
     *
     * @return the silence that it ends; null when there was none or it was usual
     */
    synchronized @Nullable Silence seen(long nowMs) {
        Silence ended = null;
        if (lastMs != NEVER) {
            ended = isUnusual(lastMs, nowMs) ? new Silence(lastMs, nowMs) : null;
            learn(lastMs / HOUR_MS, nowMs / HOUR_MS);
        }
        lastMs = nowMs;
        count++;
        return ended;
    }

    private boolean isUnusual(long fromMs, long toMs) {
        return toMs - fromMs > SHORT_MS && busyMs(Math.max(fromMs, toMs - HOURS * HOUR_MS), toMs) > SHORT_MS;
    }

    private long busyMs(long fromMs, long toMs) {
        long busy = 0;
        for (long hour = fromMs / HOUR_MS; hour * HOUR_MS < toMs; hour++) {
            if (usual[ofWeek(hour)] >= BUSY) {
                busy += Math.min(toMs, (hour + 1) * HOUR_MS) - Math.max(fromMs, hour * HOUR_MS);
            }
        }
        return busy;
    }

    /** Silent hours too: where mail has ceased to come, silence becomes usual. */
    private void learn(long from, long to) {
        if (from == to) {
            return;
        }
        for (long hour = from; hour < Math.min(to, from + HOURS); hour++) {
            long seen = hour == from ? count : 0;
            double before = usual[ofWeek(hour)];
            usual[ofWeek(hour)] = before < 0 ? seen : before + WEIGHT * (seen - before);
        }
        count = 0;
    }

    private static int ofWeek(long hour) {
        return (int) (hour % HOURS);
    }
}
