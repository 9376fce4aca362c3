package io.weir.explain.page;

import io.weir.explain.Explanation;
import io.weir.explain.Explanation.Fact;
import io.weir.explain.Explanation.Section;
import io.weir.explain.Explanation.Steps;
import io.weir.explain.Explanation.Table;
import io.weir.explain.Question;
import io.weir.html.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages for whoever got a bounce: one to paste it into, one with what it means. They work without scripts, hold no style of their own, and
 * load nothing from elsewhere, so that {@link #POLICY} can forbid all of that.
 */
public final class HelpPage {
    /** Where they are served. */
    public static final String PATH = "/help";

    public static final String STYLE_PATH = PATH + "/help.css";

    /** The content security policy that goes with them. */
    public static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Names of the form's fields. */
    public static final String FIELD_BOUNCE = "bounce";

    public static final String FIELD_WANTED = "wanted";

    private static final String ASK_TITLE = "Mail delayed or returned?";
    private static final String ANSWER_TITLE = "What this reply means";

    private HelpPage() {}

    /** The form. */
    public static String ask() {
        return ask(null);
    }

    /** The form, and above it what was wrong with what was sent. */
    public static String ask(@Nullable String wrong) {
        Html html = begin(ASK_TITLE);
        if (wrong != null) {
            html.element("p", wrong, "class", "wrong", "role", "alert");
        }
        html.element(
                "p",
                "Paste what you got: the whole message that came back, a line of your mail server's log, or the id at the end of the link."
                        + " You are told what it means and what to do.",
                "class",
                "lead");
        form(html);
        return end(html);
    }

    /** What a bounce or a case means. */
    public static String answer(Explanation explanation) {
        Html html = begin(ANSWER_TITLE);
        html.element("p", explanation.lead(), "class", "lead");
        html.element("p", explanation.whose());
        facts(html, explanation.facts());
        contents(html, explanation.sections());
        explanation.sections().forEach(section -> section(html, section));
        html.open("section", "aria-labelledby", "another").element("h2", "Another one", "id", "another");
        form(html);
        html.close("section");
        return end(html);
    }

    /** For what never was a case, and for what is too old to be known: nobody may learn which. */
    public static String unknown() {
        Html html = begin("Nothing is known of this case");
        html.element(
                "p",
                "Look whether the link was copied as a whole. Cases are known for 35 days after the reply; what is not known here holds no mail"
                        + " back any more. Paste the whole message to have the reply itself explained.",
                "class",
                "lead");
        form(html);
        return end(html);
    }

    /** What keeps us from answering, and when to come back. */
    public static String problem(String title, String detail) {
        Html html = begin(title);
        html.element("p", detail, "class", "lead");
        html.open("p").element("a", "Back to the form", "href", PATH).close("p");
        return end(html);
    }

    public static String style() {
        try (InputStream in = HelpPage.class.getResourceAsStream("help.css")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource help.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Html begin(String title) {
        Html html = new Html();
        html.doctype().open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("meta", "name", "robots", "content", "noindex");
        html.element("title", title + " - postmaster help");
        html.empty("link", "rel", "stylesheet", "href", STYLE_PATH);
        html.close("head").open("body");
        html.element("a", "Skip to the text", "class", "skip", "href", "#text");
        html.open("header").element("p", "Postmaster help", "class", "brand").close("header");
        html.open("main", "id", "text").element("h1", title);
        return html;
    }

    private static String end(Html html) {
        html.close("main").open("footer");
        html.element("p", "Nothing that is pasted here is kept or logged. Replies are explained for 35 days.");
        html.close("footer").close("body").close("html");
        return html.toString();
    }

    private static void form(Html html) {
        html.open("form", "method", "post", "action", PATH, "accept-charset", "utf-8");
        html.element("label", "The message, line or id", "for", FIELD_BOUNCE);
        html.open(
                "textarea",
                "id",
                FIELD_BOUNCE,
                "name",
                FIELD_BOUNCE,
                "rows",
                "10",
                "required",
                "required",
                "spellcheck",
                "false",
                "autocomplete",
                "off");
        html.close("textarea");
        html.element(
                "label",
                "Recipients a day that you would like to send (if you run the server; may be left empty)",
                "for",
                FIELD_WANTED);
        html.empty(
                "input",
                "id",
                FIELD_WANTED,
                "name",
                FIELD_WANTED,
                "type",
                "number",
                "inputmode",
                "numeric",
                "min",
                "1",
                "max",
                Long.toString(Question.MOST_WANTED));
        html.element("button", "Explain it", "type", "submit");
        html.close("form");
    }

    private static void facts(Html html, List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        html.open("dl", "class", "facts");
        for (Fact fact : facts) {
            html.open("div")
                    .element("dt", fact.name())
                    .element("dd", fact.value())
                    .close("div");
        }
        html.close("dl");
    }

    /** On a phone the steps for an admin are far below. */
    private static void contents(Html html, List<Section> sections) {
        html.open("nav", "aria-label", "On this page").open("ul");
        for (Section section : sections) {
            html.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close("li");
        }
        html.close("ul").close("nav");
    }

    private static void section(Html html, Section section) {
        html.open("section", "aria-labelledby", section.id());
        html.element("h2", section.title(), "id", section.id());
        section.paragraphs().forEach(words -> html.element("p", words));
        Table table = section.table();
        if (table != null) {
            table(html, table);
        }
        section.steps().forEach(steps -> steps(html, steps));
        html.close("section");
    }

    private static void steps(Html html, Steps steps) {
        html.element("h3", steps.title()).open("ol");
        steps.steps().forEach(step -> step(html, step));
        html.close("ol");
    }

    private static void step(Html html, String step) {
        html.open("li");
        String[] pieces = step.split("`", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 0) {
                html.text(pieces[i]);
            } else {
                html.element("code", pieces[i]);
            }
        }
        html.close("li");
    }

    /** A narrow screen scrolls the table, not the page; who has no mouse must be able to, too. */
    private static void table(Html html, Table table) {
        html.open("div", "class", "scroll", "role", "region", "aria-label", table.caption(), "tabindex", "0");
        html.open("table").element("caption", table.caption());
        html.open("thead").open("tr");
        for (int i = 0; i < table.columns().size(); i++) {
            html.element("th", table.columns().get(i), "scope", "col", "class", i == 0 ? "name" : "number");
        }
        html.close("tr").close("thead").open("tbody");
        for (List<String> row : table.rows()) {
            html.open("tr").element("th", row.get(0), "scope", "row", "class", "name");
            row.subList(1, row.size()).forEach(cell -> html.element("td", cell, "class", "number"));
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
    }
}
