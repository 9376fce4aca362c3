package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.replay.report.Track.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Volume over time as stacked bars, with lines of what was allowed: SVG that stretches to whatever width there is. Its labels are HTML, so
 * that they keep their size on a phone.
 */
final class Chart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 200;
    private static final int MOST_LABELS = 5;
    /** A line further above the bars than this is left out of the picture, or the bars would vanish. */
    private static final double MOST_HEADROOM = 2.5;

    private static final long DAY_MS = 86_400_000;

    private final long from;
    private final long to;
    private final long bucketMs;
    private final List<Volume> volumes;
    private final List<Line> lines = new ArrayList<>();

    /** A line that is level until its next step. */
    private record Line(String name, List<Step> steps) {}

    /** @param index number of the bucket since the epoch from which on it has the value */
    record Step(long index, long value) {}

    /**
     * @param fromMs when the chart begins
     * @param toMs when it ends; what is later is left out
     */
    Chart(long fromMs, long toMs, long bucketMs, List<Volume> volumes) {
        this.from = fromMs / bucketMs;
        this.to = Math.max(toMs / bucketMs + 1, from + 1);
        this.bucketMs = bucketMs;
        this.volumes = volumes.stream()
                .filter(one -> one.index() >= from && one.index() < to)
                .toList();
    }

    /** @param name the line's style */
    Chart line(String name, List<Step> steps) {
        lines.add(new Line(name, List.copyOf(steps)));
        return this;
    }

    /** @param told what a person who cannot see it is told */
    void into(Html html, String told) {
        long top = top();
        html.open("div", "class", "chart");
        html.open("div", "class", "plot");
        html.open(
                "svg",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                told);
        for (int i = 1; i <= 2; i++) {
            html.empty("path", "class", "grid", "d", "M0 " + HEIGHT * (2 - i) / 2 + "H" + WIDTH);
        }
        bars(html, top);
        for (Line line : lines) {
            html.empty("path", "class", line.name, "d", path(line.steps, top));
        }
        html.close("svg");
        html.element("span", Words.count(top), "class", "y", "style", "top:0");
        html.element("span", Words.count(top / 2), "class", "y", "style", "top:50%");
        html.close("div");
        labels(html);
        html.close("div");
    }

    /** A round number that the bars fit below. */
    private long top() {
        long highest = 1;
        for (Volume one : volumes) {
            highest = Math.max(highest, one.tried() + one.later());
        }
        double wanted = highest;
        for (Line line : lines) {
            for (Step step : line.steps) {
                wanted = step.value <= highest * MOST_HEADROOM ? Math.max(wanted, step.value) : wanted;
            }
        }
        long unit = (long) Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double factor : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
            if (unit * factor >= wanted * 1.02) {
                return Math.max(2, (long) (unit * factor));
            }
        }
        return unit * 20;
    }

    private void bars(Html html, long top) {
        StringBuilder admitted = new StringBuilder();
        StringBuilder later = new StringBuilder();
        StringBuilder deferred = new StringBuilder();
        for (Volume one : volumes) {
            long atOnce = one.tried() - one.deferred();
            bar(admitted, one.index(), 0, atOnce, top);
            bar(later, one.index(), atOnce, atOnce + one.later(), top);
            bar(deferred, one.index(), atOnce + one.later(), one.tried() + one.later(), top);
        }
        path(html, "admitted", admitted);
        path(html, "later", later);
        path(html, "deferred", deferred);
    }

    private static void path(Html html, String name, StringBuilder path) {
        if (path.length() > 0) {
            html.empty("path", "class", name, "d", path.toString());
        }
    }

    private void bar(StringBuilder path, long index, long low, long high, long top) {
        if (high > low) {
            double width = (double) WIDTH / (to - from);
            double height = y(low, top) - y(high, top);
            path.append(String.format(
                    Locale.ROOT,
                    "M%.1f %.1fh%.1fv%.1fh-%.1fz",
                    (index - from) * width,
                    y(high, top),
                    width * 0.94,
                    height,
                    width * 0.94));
        }
    }

    private String path(List<Step> steps, long top) {
        double width = (double) WIDTH / (to - from);
        StringBuilder path = new StringBuilder();
        for (Step step : steps) {
            double x = Math.min(WIDTH, Math.max(0, (step.index - from) * width));
            // Out of the picture, and not along its edge.
            double y = step.value > top ? -HEIGHT : y(step.value, top);
            path.append(path.length() == 0 ? String.format(Locale.ROOT, "M%.1f %.1f", x, y) : "");
            path.append(String.format(Locale.ROOT, "H%.1fV%.1f", x, y));
        }
        return path.append("H").append(WIDTH).toString();
    }

    private static double y(long value, long top) {
        return HEIGHT - (double) HEIGHT * value / top;
    }

    private void labels(Html html) {
        html.open("div", "class", "x");
        long days = (to - from) * bucketMs / DAY_MS;
        boolean isShort = days <= 2;
        // No day is named twice.
        long labels = isShort ? MOST_LABELS : Math.min(MOST_LABELS, days + 1);
        for (int i = 0; i < labels; i++) {
            long ms = (from + (to - from) * i / (labels - 1)) * bucketMs;
            String day = isShort && i == 0 ? Words.day(ms) + ", " : "";
            html.element("span", isShort ? day + Words.clock(ms) : Words.day(ms));
        }
        html.close("div");
    }
}
