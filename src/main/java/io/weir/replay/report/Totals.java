package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.replay.offline.Delays;
import io.weir.replay.offline.SenderTally;
import io.weir.replay.offline.Tally;
import io.weir.replay.offline.Way;
import io.weir.throttle.Reason;
import io.weir.throttle.Standing;
import java.util.List;
import java.util.Map;

/** The page's first screen: the figures that matter, and all mail over time. */
final class Totals {
    private final ReportPage page;
    private final Tally tally;

    Totals(ReportPage page) {
        this.page = page;
        this.tally = page.tally();
    }

    void into(Html html) {
        html.open("section").open("div", "class", "cards");
        long held = tally.deferred() + tally.wouldDefer();
        card(
                html,
                Words.count(tally.attempts()),
                "recipients tried",
                Words.count(tally.senders().size()) + " senders");
        card(
                html,
                Words.share(held, tally.attempts()),
                tally.wouldDefer() > 0 ? "deferred at first, or would have been" : "deferred at first",
                Words.count(held) + " recipients of "
                        + Words.count(tally.touched().size()) + " senders");
        established(html);
        if (page.setup().way() == Way.WHAT_IF) {
            delays(html);
        }
        html.close("div");
        timeline(html);
        reasons(html);
        html.close("section");
    }

    private static void card(Html html, String figure, String what, String more) {
        html.open("div", "class", "card");
        html.element("p", figure, "class", "figure");
        html.element("p", what, "class", "what");
        html.element("p", more, "class", "more");
        html.close("div");
    }

    private void established(Html html) {
        List<SenderTally> touched = tally.touched().stream()
                .filter(one -> one.standings().contains(Standing.ESTABLISHED))
                .toList();
        long recipients = touched.stream()
                .mapToLong(one -> one.deferred() + one.wouldDefer())
                .sum();
        card(
                html,
                Words.count(touched.size()),
                touched.size() == 1 ? "established sender touched" : "established senders touched",
                Words.count(recipients) + " of their recipients");
    }

    private void delays(Html html) {
        Delays delays = tally.delays();
        card(
                html,
                delays.attempts() == 0 ? "none" : Words.span(delays.quantileMs(0.5)),
                "median delay of what was deferred and came",
                delays.attempts() == 0
                        ? "nothing was held up"
                        : "99% within " + Words.span(delays.quantileMs(0.99)) + ", longest "
                                + Words.span(delays.mostMs()));
        card(
                html,
                Words.count(tally.givenUp()),
                "recipients given up by their senders",
                Words.share(tally.givenUp(), tally.attempts()) + " of all");
    }

    private void timeline(Html html) {
        html.open("figure");
        html.element(
                "figcaption",
                "All mail, recipients per " + Words.per(page.tracks().bucketMs()) + " (UTC)");
        legend(html, false);
        new Chart(
                        tally.firstMs(),
                        tally.lastMs(),
                        page.tracks().bucketMs(),
                        page.tracks().all().volumes())
                .into(
                        html,
                        Words.count(tally.attempts()) + " recipients tried, " + Words.count(tally.deferred())
                                + " deferred at first");
        html.close("figure");
    }

    static void legend(Html html, boolean hasLines) {
        html.open("p", "class", "legend");
        key(html, "admitted", "admitted at once");
        key(html, "deferred", "deferred");
        key(html, "later", "came in later");
        if (hasLines) {
            key(html, "record", "record");
            key(html, "allowance", "allowance");
        }
        html.close("p");
    }

    private static void key(Html html, String name, String text) {
        html.open("span", "class", "key");
        html.element("span", "", "class", "swatch " + name);
        html.text(text).close("span");
    }

    private void reasons(Html html) {
        if (tally.deferralsByReason().isEmpty()) {
            html.element("p", "Nobody would have been held up.", "class", "none");
            return;
        }
        html.element("h2", "Why");
        Table table = new Table(html, "reason", "~what it means", "#deferrals, retries included", "#senders");
        for (Map.Entry<String, Long> one : tally.deferralsByReason().entrySet()) {
            long senders = tally.touched().stream()
                    .filter(sender -> sender.reasons().contains(one.getKey()))
                    .count();
            String meaning = Reason.of(one.getKey()).map(Reason::meaning).orElse("");
            table.row(one.getKey(), meaning, Words.count(one.getValue()), Words.count(senders));
        }
        table.end();
    }
}
