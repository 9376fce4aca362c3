package io.weir.simulate.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Abuse delivered against legitimate mail deferred: a curve for each strategy, as SVG that needs nothing else. */
final class CurvePicture {
    private static final int WIDTH = 940;
    private static final int HEIGHT = 520;
    private static final int LEFT = 70;
    private static final int RIGHT = 330;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    /** Shares below this are drawn at it: the axis is logarithmic. */
    private static final double LEAST = 1e-5;

    private static final String[] COLOURS = {"#0b6e4f", "#c1440e", "#5b3f99", "#b8860b", "#1f6fb2", "#8a1538", "#555555"
    };

    private final StringBuilder svg = new StringBuilder();

    static String of(List<Curve> curves) {
        CurvePicture picture = new CurvePicture();
        picture.frame();
        for (int i = 0; i < curves.size(); i++) {
            picture.curve(curves.get(i), COLOURS[i % COLOURS.length], i);
        }
        return picture.svg.append("</svg>\n").toString();
    }

    private void frame() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"system-ui, sans-serif\" font-size=\"13\" role=\"img\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title>Abuse delivered against legitimate mail deferred, by strategy</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        text(LEFT, 24, "start", "Abusive recipients delivered, of all (lower is better)");
        text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 14,
                "middle",
                "legitimate messages deferred, of all (left is better)");
        for (int percent = 0; percent <= 100; percent += 20) {
            double y = y(percent / 100.0);
            grid(LEFT, y, WIDTH - RIGHT, y);
            text(LEFT - 8, y + 4, "end", percent + "%");
        }
        for (double share = LEAST; share <= 1.01; share *= 10) {
            double x = x(share);
            grid(x, TOP, x, HEIGHT - BOTTOM);
            text(x, HEIGHT - BOTTOM + 18, "middle", share < 2 * LEAST ? "0.001% or less" : Cells.share(share));
        }
    }

    private void curve(Curve curve, String colour, int number) {
        List<Curve.Point> points = new ArrayList<>(curve.points());
        points.sort(Comparator.comparingDouble(Curve.Point::goodDeferred)
                .thenComparingDouble(point -> -point.abuseDelivered()));
        StringBuilder path = new StringBuilder();
        for (Curve.Point point : points) {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.goodDeferred()), y(point.abuseDelivered())));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                path.toString().trim(), colour);
        points.forEach(point -> dot(point, colour, 3));
        dot(curve.marked(), colour, 7);
        int y = TOP + 14 + number * 22;
        add("<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", WIDTH - RIGHT + 18, y - 4, colour);
        text(WIDTH - RIGHT + 30, y, "start", curve.strategy().label());
    }

    private void dot(Curve.Point at, String colour, int radius) {
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>",
                x(at.goodDeferred()), y(at.abuseDelivered()), radius, colour);
    }

    private void grid(double fromX, double fromY, double toX, double toY) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>", fromX, fromY, toX, toY);
    }

    private void text(double x, double y, String anchor, String words) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222222\">%s</text>", x, y, anchor, words);
    }

    private static double x(double share) {
        double decades = StrictMath.log10(Math.max(LEAST, share)) - StrictMath.log10(LEAST);
        return LEFT + decades / -StrictMath.log10(LEAST) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
