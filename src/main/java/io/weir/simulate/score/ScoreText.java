package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Ranges;
import java.util.List;

/** The scoreboard in Markdown. */
final class ScoreText {
    private final Ranges ranges;
    private final Field weir;
    private final Field bound;
    private final List<Curve> curves;
    private final int curveSeeds;

    ScoreText(Ranges ranges, Field weir, Field bound, List<Curve> curves, int curveSeeds) {
        this.ranges = ranges;
        this.weir = weir;
        this.bound = bound;
        this.curves = curves;
        this.curveSeeds = curveSeeds;
    }

    String text() {
        int seeds = weir.families().get(0).scores().size();
        return "# Scoreboard\n\n"
                + "Made by `./weir scoreboard`: " + weir.families().size()
                + " scenario families, parameters of version "
                + ranges.version() + ", by reporting seeds alone.\n\n## Headline\n\n"
                + "Mean over the abusive families, the legitimate ones and all; " + curveSeeds
                + " seeds of each. Every strategy but Weir is at the setting that is cheapest on the tuning seeds,\n"
                + "where deferring all legitimate mail costs " + Math.round(Tuned.COST_OF_DELAY)
                + " times what delivering all abuse costs; Weir is as shipped.\n\n"
                + headline().markdown()
                + "\n![Abuse delivered against legitimate mail deferred](scoreboard.svg)\n\n"
                + against()
                + "\n## Weir, family by family\n\n"
                + seeds + " seeds. *Ceiling*: what a judge defers that looks at each attempt at once and lets pass"
                + " whatever fits the allowance, as property 1 (Bound) has it.\n"
                + "*Leaked*: recipients delivered before the first deferral; times and leaks are medians over the campaigns.\n\n"
                + FamilyTable.of(weir, bound).markdown()
                + "\n## Aims\n\n"
                + aims();
    }

    private TextTable headline() {
        TextTable table = new TextTable(
                "strategy",
                "setting",
                "abusive recipients delivered per campaign and day",
                "of all",
                "legitimate messages deferred",
                "legitimate messages lost");
        for (Curve curve : curves) {
            Field marked = curve.marked();
            table.row(List.of(
                    curve.strategy().label(),
                    curve.strategy() == Strategy.WEIR ? "as shipped" : ((Setting) marked.contestant()).text(),
                    Cells.count(marked.abuseDeliveredPerDay()),
                    Cells.share(marked.abuseDelivered()),
                    Cells.share(marked.goodDeferred()),
                    Cells.count(marked.lost())));
        }
        return table;
    }

    private String against() {
        Curve own = curves.get(0);
        StringBuilder text = new StringBuilder("Weir's curve, point by point:\n");
        for (Curve other : curves.subList(1, curves.size())) {
            text.append("\n* ")
                    .append(own.isNoWorseThan(other) ? "no worse than any point of " : "beaten somewhere by ")
                    .append(other.strategy().label());
        }
        return text.append('\n').toString();
    }

    private String aims() {
        List<Aims.Result> results = Aims.shipped().results(weir, bound);
        long reached = results.stream().filter(Aims.Result::isReached).count();
        StringBuilder text = new StringBuilder(reached + " of " + results.size() + " aims are reached.");
        if (reached < results.size()) {
            text.append(" These are not:\n\n");
            TextTable table = new TextTable("family", "aim", "reached", "why not");
            for (Aims.Result result : results) {
                if (!result.isReached()) {
                    table.row(List.of(
                            result.family().id(),
                            result.measure().id() + " " + result.measure().aim(result.aim()),
                            result.measure().text(result.value()),
                            result.why()));
                }
            }
            text.append(table.markdown());
        }
        return text.append('\n').toString();
    }
}
