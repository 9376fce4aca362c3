package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The scoreboard in Markdown. */
final class ScoreText {
    private static final int MOST = 4;

    private static final String SETTINGS =
            "Weir is as it is shipped, with every reason enforced; every other strategy is at the setting that was cheapest on the tuning seeds,\n"
                    + "where deferring all legitimate mail costs " + Math.round(Tuned.COST_OF_DELAY)
                    + " times what delivering all abuse costs. Shares are means over the families.";

    private static final String GREYLISTING =
            "Greylisting asks another question: does it come back? In half of the campaigns or more it does not, by the ranges they are drawn from, and that abuse\n"
                    + "falls without being counted. What does come back, and whatever is sent through a server that is known, passes whole. It goes together with Weir.";

    private final Results results;
    private final List<Aims.Result> aims;

    ScoreText(Results results) {
        this.results = results;
        this.aims = Aims.shipped().results(results.weir(), results.bound());
    }

    /** The whole of it. */
    String page() {
        return "# Scoreboard\n\nMade by `./weir scoreboard`, the same every time. "
                + scope() + " Parameters are of version " + results.scenarios() + ".\n" + SETTINGS + "\n\n"
                + headline().markdown()
                + "\n"
                + botnet()
                + "\n## What each can do by its settings\n\n"
                + picture("scoreboard.svg")
                + "\n"
                + against() + "\n" + GREYLISTING + "\n\n" + mostDeferred() + "\n"
                + "\n## Weir, family by family\n\n"
                + "*Ceiling*: what a judge defers that looks at each attempt at once and lets pass whatever fits the allowance, as property 1 (Bound) has it."
                + "\n*Leaked*: recipients delivered before the first deferral. Leaks, times and ramp days are medians over the seeds; delays are of messages that"
                + "\nwere deferred and then delivered.\n\n"
                + FamilyTable.of(results.weir(), results.bound(), aims).markdown()
                + "\n## All, family by family\n\nShare of abusive recipients deferred; of the families without abuse, share of legitimate messages deferred.\n\n"
                + comparison().markdown()
                + "\n## Incident or hijacking\n\nSeen from outside both are an established sender with several times its usual: what holds back one holds back the other."
                + " This is what growth trades.\n\n"
                + trades().markdown()
                + "\n## Aims\n\n"
                + missed();
    }

    /** What the README shows of it. */
    String summary() {
        return scope() + " " + SETTINGS + "\n\n" + headline().markdown() + "\n" + botnet() + "\n"
                + picture("deploy/scoreboard.svg")
                + "\n"
                + GREYLISTING + "\n\n" + mostDeferred() + "\n" + reached()
                + " [The whole scoreboard](deploy/scoreboard.md) says family by family what becomes of abuse and of legitimate\n"
                + "mail, and why an aim is missed where one is.\n";
    }

    /** Of the mean of recipients the largest part is one family's. */
    private String botnet() {
        double all = 0;
        double botnets = 0;
        for (FamilyScore score : results.weir().families()) {
            double delivered = score.abuse().deliveredPerDay();
            all += delivered;
            botnets += score.family() == Family.BOTNET ? delivered : 0;
        }
        return "Of the recipients delivered under Weir " + Cells.share(botnets / all)
                + " are a botnet's, whose addresses send five messages each: nothing that counts by sender holds those.\n";
    }

    /** Where Weir's share of legitimate mail comes from. */
    private String mostDeferred() {
        List<FamilyScore> good =
                results.weir().families().stream().filter(FamilyScore::hasGood).toList();
        double sum = good.stream()
                .mapToDouble(family -> family.good().deferredShare())
                .sum();
        List<FamilyScore> most = good.stream()
                .sorted(Comparator.comparingDouble(
                        (FamilyScore family) -> -family.good().deferredShare()))
                .limit(MOST)
                .toList();
        double share = most.stream()
                        .mapToDouble(family -> family.good().deferredShare())
                        .sum()
                / sum;
        return "Of the legitimate mail that Weir defers, " + Cells.share(share) + " is in " + MOST + " of "
                + good.size()
                + " families: "
                + most.stream()
                        .map(family -> family.family().about() + " ("
                                + Cells.share(family.good().deferredShare()) + ")")
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private String scope() {
        return results.weir().families().size() + " scenario families, " + results.seeds()
                + " cases of each, by seeds that nothing was tuned by.";
    }

    private String picture(String file) {
        return "![Abuse delivered against legitimate mail deferred, by strategy](" + file + ")\n\nOf the first "
                + results.curveSeeds() + " seeds; each point is a setting, the large one that of the table.\n";
    }

    private TextTable headline() {
        TextTable table = new TextTable(
                "strategy",
                "setting",
                "abusive recipients delivered per campaign and day",
                "of all",
                "legitimate messages lost",
                "deferred");
        for (Field field : results.fields()) {
            Setting setting = (Setting) field.contestant();
            table.row(List.of(
                    setting.strategy().label(),
                    setting.strategy() == Strategy.WEIR ? "as shipped" : setting.text(),
                    Cells.count(field.abuseDeliveredPerDay()),
                    Cells.share(field.abuseDelivered()),
                    Cells.count(field.lost()),
                    Cells.share(field.goodDeferred())));
        }
        return table;
    }

    private String against() {
        Curve own = results.curves().get(0);
        TextTable table = new TextTable(
                "strategy",
                "abuse delivered, deferring no more legitimate mail than Weir",
                "legitimate mail deferred, delivering no more abuse than Weir",
                "its points that one of Weir's matches in both");
        table.row(List.of(
                own.strategy().label(),
                Cells.share(own.marked().abuseDelivered()),
                Cells.share(own.marked().goodDeferred()),
                Cells.NONE));
        for (Curve other : results.curves().subList(1, results.curves().size())) {
            table.row(List.of(
                    other.strategy().label(),
                    cell(other.leastAbuse(own.marked().goodDeferred())),
                    cell(other.leastDeferred(own.marked().abuseDelivered())),
                    own.matches(other) + " of " + other.points().size()));
        }
        return table.markdown()
                + "\nSettings that defer over a quarter of all legitimate mail are left out as being of no use.\n";
    }

    private static String cell(OptionalDouble share) {
        return share.isEmpty() ? "no useful setting" : Cells.share(share.getAsDouble());
    }

    private TextTable comparison() {
        List<String> heads = new ArrayList<>(List.of("family"));
        results.fields()
                .forEach(field ->
                        heads.add(((Setting) field.contestant()).strategy().id()));
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (int i = 0; i < results.weir().families().size(); i++) {
            List<String> cells = new ArrayList<>(
                    List.of(results.weir().families().get(i).family().id()));
            for (Field field : results.fields()) {
                FamilyScore score = field.families().get(i);
                cells.add(Cells.share(
                        score.isAbusive()
                                ? score.abuse().deferred()
                                : score.good().deferredShare()));
            }
            table.row(cells);
        }
        return table;
    }

    private TextTable trades() {
        TextTable table = new TextTable(
                "setting",
                "hijacked at 5 times its usual: deferred",
                "incident: messages deferred",
                "delay, median",
                "p99",
                "lost");
        for (Field field : results.trades()) {
            FamilyScore.Good incident = field.families().get(0).good();
            table.row(List.of(
                    ((Setting) field.contestant()).text(),
                    Cells.share(field.families().get(1).abuse().deferred()),
                    Cells.share(incident.deferredShare()),
                    Cells.delay(incident.medianMs()),
                    Cells.delay(incident.p99Ms()),
                    Cells.count(incident.lost())));
        }
        return table;
    }

    private String reached() {
        long reached = aims.stream().filter(Aims.Result::isReached).count();
        return reached + " of " + aims.size() + " aims are reached.";
    }

    private String missed() {
        TextTable table = new TextTable("family", "aim", "reached", "why not");
        for (Aims.Result result : aims) {
            if (!result.isReached()) {
                Family family = result.family();
                table.row(List.of(
                        family.id(),
                        result.measure().id() + " " + result.measure().aim(result.aim()),
                        result.measure().text(result.value()),
                        result.why()));
            }
        }
        return reached() + " These are not:\n\n" + table.markdown();
    }
}
