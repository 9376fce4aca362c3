package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Tally;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A replay as one self-contained page for those who decide: totals, timeline, who was held up and for how long, newcomers, rules.
 *
 * @param rules those it was judged by at its end
 * @param assumptions what the figures rest on, in sentences
 * @param sources what was read, a line for each
 */
public record ReportPage(
        Setup setup, Rules rules, Tally tally, Tracks tracks, List<String> assumptions, List<String> sources) {
    /** The whole page. */
    public String html() {
        Html html = new Html();
        html.doctype().open("html", "lang", "en");
        html.open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", "Weir: " + title());
        html.ours("style", resource("report.css"));
        html.close("head").open("body");
        header(html);
        new Totals(this).into(html);
        new SenderSections(this).into(html);
        new Basis(this).into(html);
        html.close("body").close("html");
        return html.toString();
    }

    private void header(Html html) {
        html.open("header");
        html.element("p", "Weir, adaptive IP throttling for inbound mail", "class", "brand");
        html.element("h1", title());
        html.element(
                "p",
                Words.time(tally.firstMs()) + " to " + Words.time(tally.lastMs()) + " UTC, way "
                        + setup.way().label() + ", rules " + rules.id(),
                "class",
                "period");
        html.close("header");
    }

    private String title() {
        return switch (setup.way()) {
            case AS_RECORDED -> "What Weir's verdicts would have been";
            case WHAT_IF -> "What Weir would have deferred";
        };
    }

    static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
