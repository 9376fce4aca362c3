package io.weir.explain.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.explain.Bounce;
import io.weir.explain.Cases;
import io.weir.explain.Explainer;
import io.weir.explain.Explanation;
import io.weir.explain.Question;
import io.weir.explain.Site;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HelpPageTest {
    private static final String ANSWER = HelpPage.answer(Explainer.explain(new Question(
            Bounce.parse("451 4.7.501 limited (AS511)"),
            Site.NONE,
            Cases.newcomer().live(0, false),
            5_000L)));

    @Test
    void everyPageIsWellFormedWithOneHeadingAboveTheOthers() throws Exception {
        for (String page : pages()) {
            Document document = parsed(page);
            assertThat(texts(document, "h1")).hasSize(1);
            assertThat(document.getElementsByTagName("main").getLength()).isEqualTo(1);
            assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
            assertThat(texts(document, "title")).singleElement().asString().isNotBlank();
        }
    }

    @Test
    void everyFieldHasItsLabelAndEveryLinkItsTarget() throws Exception {
        for (String page : pages()) {
            List<String> ids = new ArrayList<>();
            Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(page);
            while (id.find()) {
                ids.add(id.group(1));
            }
            assertThat(ids).doesNotHaveDuplicates();
            for (String reference : List.of("for", "aria-labelledby", "href")) {
                Matcher to = Pattern.compile(
                                " " + reference + "=\"" + (reference.equals("href") ? "#" : "") + "([^\"/]+)\"")
                        .matcher(page);
                while (to.find()) {
                    assertThat(ids).as(to.group()).contains(to.group(1));
                }
            }
            Document document = parsed(page);
            NodeList areas = document.getElementsByTagName("textarea");
            for (int i = 0; i < areas.getLength(); i++) {
                assertThat(page).contains("<label for=\"" + ((Element) areas.item(i)).getAttribute("id") + "\">");
            }
        }
    }

    @Test
    void nothingIsInItThatThePolicyForbids() {
        for (String page : pages()) {
            assertThat(page).doesNotContain("<script", "<style", " style=", "javascript:", "http:", "//");
            assertThat(page).doesNotContainPattern(" on[a-z]+=");
        }
        assertThat(HelpPage.style()).doesNotContain("url(", "@import");
        assertThat(HelpPage.POLICY).contains("default-src 'none'").doesNotContain("unsafe");
    }

    @Test
    void whatWasPastedIsEscaped() {
        String nasty =
                "host <script>alert(1)</script>x.example[192.0.2.1] said: 451 4.7.500 \"><img src=x onerror=alert(1)>'&";
        String page = HelpPage.answer(Explainer.explain(Question.offline(Bounce.parse(nasty), Site.NONE)));
        assertThat(page)
                .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<script", "<img");
        Explanation made = new Explanation(
                "<b>", "a & b", "\"", List.of(new Explanation.Fact("<i>", "'")), List.of(), Bounce.parse(""));
        assertThat(HelpPage.answer(made))
                .contains("&lt;b&gt;", "a &amp; b", "&lt;i&gt;", "&#39;")
                .doesNotContain("<b>", "<i>");
    }

    @Test
    void theAnswerHasTheTablesAndSteps() throws Exception {
        Document document = parsed(ANSWER);
        assertThat(texts(document, "caption"))
                .containsExactly("Recipients, now", "Recipients that are never held back");
        assertThat(texts(document, "h2"))
                .containsExactly(
                        "What it means",
                        "How it stands",
                        "What is allowed, day by day",
                        "If you run the server that sends",
                        "If you are an admin of an organisation that gets or sends its mail through us",
                        "Another one");
        assertThat(ANSWER)
                .contains("<code>weir connectors put NAME --kind partner --sender-domain &#39;*&#39;")
                .doesNotContain("`");
        assertThat(ANSWER).contains("5,000 recipients a day are free from").doesNotContain("437");
    }

    @Test
    void whatIsWrongIsSaidAboveTheForm() {
        String page = HelpPage.ask("That was too much.");
        assertThat(page.indexOf("role=\"alert\">That was too much."))
                .isPositive()
                .isLessThan(page.indexOf("<form"));
        assertThat(HelpPage.ask()).doesNotContain("role=\"alert\"");
    }

    private static List<String> pages() {
        return List.of(HelpPage.ask(), HelpPage.ask("no"), ANSWER, HelpPage.problem("Too many", "Come back."));
    }

    private static Document parsed(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replace("<!doctype html>", ""))));
    }

    private static List<String> texts(Document document, String tag) {
        List<String> texts = new ArrayList<>();
        NodeList found = document.getElementsByTagName(tag);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
