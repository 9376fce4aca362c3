package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.replay.offline.Delays;
import io.weir.replay.offline.SenderTally;
import io.weir.replay.offline.Tally;
import io.weir.replay.offline.Way;
import io.weir.throttle.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Who was held up: those deferred most, those who were no strangers, and how newcomers fared. */
final class SenderSections {
    private static final int MOST_CHARTS = 12;
    private static final int MOST_NEWCOMERS = 8;
    private static final int MOST_ROWS = 50;

    private final ReportPage page;
    private final Tally tally;
    private final SenderChart charts;

    SenderSections(ReportPage page) {
        this.page = page;
        this.tally = page.tally();
        this.charts = new SenderChart(page);
    }

    void into(Html html) {
        List<SenderTally> touched = tally.touched();
        if (!touched.isEmpty()) {
            most(html, touched);
            established(html, touched);
        }
        newcomers(html);
    }

    private void most(Html html, List<SenderTally> touched) {
        html.open("section");
        html.element("h2", "Senders deferred most");
        html.element(
                "p",
                "What each tried around the time when it was deferred, per "
                        + Words.per(page.tracks().bucketMs())
                        + ", with what its record was and what it might send within the same span. A line that is not there lies above the"
                        + " picture, or something else held the sender.");
        Totals.legend(html, true);
        html.open("div", "class", "charts");
        touched.stream().limit(MOST_CHARTS).forEach(one -> charts.into(html, one));
        html.close("div");
        table(html, touched);
        html.close("section");
    }

    private void established(Html html, List<SenderTally> touched) {
        List<SenderTally> known = touched.stream()
                .filter(one -> one.standings().contains(Standing.ESTABLISHED)
                        || one.standings().contains(Standing.DORMANT))
                .toList();
        html.open("section");
        html.element("h2", "Established senders touched");
        if (known.isEmpty()) {
            html.element("p", "None: whoever was held up was new here.", "class", "none");
        } else {
            html.element(
                    "p",
                    "These had a history here, or had one before a long pause. The delay is what each attempt waited from its first try to"
                            + " its admission.");
            table(html, known);
        }
        html.close("section");
    }

    private void table(Html html, List<SenderTally> senders) {
        Table table = new Table(
                html,
                "sender",
                "known as",
                "reason",
                "#throttles",
                "#tried",
                "#deferred",
                "#share",
                "#median delay",
                "#longest",
                "#given up",
                "first deferred (UTC)");
        senders.stream().limit(MOST_ROWS).forEach(one -> row(table, one));
        table.end();
        if (senders.size() > MOST_ROWS) {
            html.element("p", "and " + Words.count(senders.size() - MOST_ROWS) + " more", "class", "more");
        }
    }

    private void row(Table table, SenderTally one) {
        Delays delays = one.delays();
        boolean isKnown = page.setup().way() == Way.WHAT_IF && delays.attempts() > 0;
        long held = one.deferred() + one.wouldDefer();
        table.row(
                one.sender().text(),
                one.standings().stream().map(Standing::label).collect(Collectors.joining(", ")),
                String.join(", ", one.reasons()),
                Words.count(tally.throttles(one.sender().text())),
                Words.count(one.attempts()),
                Words.count(held),
                Words.share(held, one.attempts()),
                isKnown ? Words.span(delays.quantileMs(0.5)) : "-",
                isKnown ? Words.span(delays.mostMs()) : "-",
                Words.count(one.givenUp()),
                Words.time(one.firstTouchedMs()));
    }

    private void newcomers(Html html) {
        long since = Math.max(page.rules().learnUntilMs(), tally.firstMs());
        List<SenderTally> newcomers = tally.senders().stream()
                .filter(one -> one.firstMs() >= since)
                .sorted(Comparator.comparingLong((SenderTally one) -> -one.attempts())
                        .thenComparing(one -> one.sender().text()))
                .toList();
        if (newcomers.isEmpty()) {
            return;
        }
        long touched = newcomers.stream().filter(SenderTally::isTouched).count();
        html.open("section");
        html.element("h2", "Newcomers and their ramps");
        html.element(
                "p",
                Words.count(newcomers.size()) + " senders came that were not known before; " + Words.count(touched)
                        + " of them sent more than a newcomer may. The largest, day by day, with what each might send within a day:");
        html.open("div", "class", "charts");
        newcomers.stream().limit(MOST_NEWCOMERS).forEach(one -> charts.daysInto(html, one));
        html.close("div").close("section");
    }
}
