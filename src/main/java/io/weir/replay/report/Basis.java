package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.model.Outcome;
import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.util.Map;

/** What the page rests on: assumptions, what was read, the rules. */
final class Basis {
    private final ReportPage page;

    Basis(ReportPage page) {
        this.page = page;
    }

    void into(Html html) {
        html.open("section");
        html.element("h2", "What these figures rest on");
        html.open("ul");
        page.assumptions().forEach(sentence -> html.element("li", sentence));
        html.close("ul");
        html.element("h3", "What was read");
        html.open("ul");
        page.sources().forEach(line -> html.element("li", line));
        for (Map.Entry<Outcome, Long> one : page.tally().recorded().entrySet()) {
            html.element(
                    "li",
                    Words.count(one.getValue()) + " recipients recorded as "
                            + one.getKey().label());
        }
        html.close("ul");
        html.close("section");
        rules(html);
    }

    private void rules(Html html) {
        Rules rules = page.rules();
        html.open("section");
        html.element("h2", "Rules " + rules.id());
        Table table = new Table(html, "rule", "#value", "#default", "~meaning");
        for (RuleKey key : RuleKey.values()) {
            table.row(key.id(), rules.settings().getOrDefault(key.id(), key.standard()), key.standard(), key.meaning());
        }
        for (Reason reason : Reason.values()) {
            table.row(RuleKey.MODE_PREFIX + reason.id(), rules.mode(reason).label(), "shadow", reason.meaning());
        }
        table.end();
        html.close("section");
    }
}
