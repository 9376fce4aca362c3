package io.weir.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How far the next step goes: a minute where something happens, more where nothing does, less where mail comes in a rush. */
final class Pace {
    private static final long MOST_MS = 6 * DemoCalendar.HOUR_MS;

    private final List<Span> spans = new ArrayList<>();
    private final NavigableSet<Long> stops = new TreeSet<>();

    private record Span(long fromMs, long toMs, long stepMs) {}

    /** Steps of {@code stepMs} at most, from one moment to another. */
    Pace step(long fromMs, long toMs, long stepMs) {
        spans.add(new Span(fromMs, toMs, stepMs));
        return stop(fromMs).stop(toMs);
    }

    /** A moment at which a step must end. */
    Pace stop(long ms) {
        stops.add(ms);
        return this;
    }

    /** Where the step from {@code nowMs} ends. */
    long next(long nowMs, long mostMs) {
        long stepMs = Math.min(MOST_MS, mostMs);
        for (Span span : spans) {
            if (nowMs >= span.fromMs && nowMs < span.toMs) {
                stepMs = Math.min(stepMs, span.stepMs);
            }
        }
        // Steps end on the clock's marks, so that a minute's step is a minute of the engine's.
        long end = (nowMs / stepMs + 1) * stepMs;
        Long stop = stops.higher(nowMs);
        return stop == null ? end : Math.min(end, stop);
    }
}
