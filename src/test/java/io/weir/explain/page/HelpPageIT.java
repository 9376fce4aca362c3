package io.weir.explain.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.Chromium;
import io.weir.Needs;
import io.weir.explain.Bounce;
import io.weir.explain.Cases;
import io.weir.explain.Explainer;
import io.weir.explain.Question;
import io.weir.explain.Site;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The help pages in a real browser. */
@Needs(Chromium.PROGRAM)
@Timeout(120)
class HelpPageIT {
    /** Measures in the browser, and runs axe: {@code document.title} is read back. The contrast is that of each text with the ground behind it (WCAG 2.2, 1.4.3). */
    private static final String MEASURES = """
            <script>
            const lum = c => c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
              .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
            const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255,255,255)'; };
            const least = Math.min(...[...document.querySelectorAll('main *, header *, footer *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .map(e => { const [a, b] = [lum(getComputedStyle(e).color), lum(ground(e))].sort((x, y) => y - x); return (a + .05) / (b + .05); }));
            const small = [...document.querySelectorAll('button, input, textarea')].filter(e => e.getBoundingClientRect().height < 24).length;
            axe.run().then(r => document.title = [document.documentElement.scrollWidth, document.documentElement.clientWidth, least.toFixed(2), small,
              r.passes.length, r.violations.map(v => v.id + ' at ' + v.nodes.map(n => n.target.join(' ')).join(', ')).join('; ')].join('|'));
            </script>
            """;

    /** How a page is looked at: browser options by what they are for. */
    private static final Map<String, List<String>> LIGHTS_AND_WIDTHS = Map.of(
            "a desk", List.of("--window-size=1200,900"),
            "a phone", List.of("--window-size=500,900"),
            "a phone in the dark", List.of("--window-size=500,900", "--blink-settings=preferredColorScheme=0"));

    @TempDir
    static Path dir;

    private static Chromium chromium;

    @BeforeAll
    static void write() throws IOException {
        chromium = new Chromium(dir);
        Bounce bounce = Bounce.parse(
                "host mx1.corp.example[192.0.2.25] said: 451 4.7.501 [203.0.113.7] temporarily rate limited: too much for"
                        + " a new sender. Keep queued and retry. https://postmaster.corp.example/help/K7Q2MKX4A2PD37WZ (AS511)");
        write("ask", HelpPage.ask());
        write(
                "answer",
                HelpPage.answer(Explainer.explain(
                        new Question(bounce, Site.NONE, Cases.newcomer().live(0, false), 5_000L))));
        write("unknown", HelpPage.unknown());
    }

    private static void write(String name, String page) throws IOException {
        String whole = page.replace(
                "<link rel=\"stylesheet\" href=\"" + HelpPage.STYLE_PATH + "\"/>",
                "<style>" + HelpPage.style() + "</style>");
        assertThat(whole).contains("<style>");
        Files.writeString(dir.resolve(name + ".html"), whole);
        String axe = "<script>" + axe().replace("</script>", "<\\/script>") + "</script>";
        Files.writeString(dir.resolve(name + "-measured.html"), whole.replace("</body>", axe + MEASURES + "</body>"));
    }

    private static String axe() throws IOException {
        try (InputStream in = HelpPageIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everybodyCanReadAndUseItEverywhere() throws Exception {
        for (String name : List.of("ask", "answer", "unknown")) {
            for (Map.Entry<String, List<String>> look : LIGHTS_AND_WIDTHS.entrySet()) {
                List<String> options = new ArrayList<>(look.getValue());
                options.add("--virtual-time-budget=10000");
                String dom = chromium.dom(dir.resolve(name + "-measured.html"), options.toArray(String[]::new));
                String[] measures = Chromium.title(dom).split("\\|", -1);
                String where = name + " on " + look.getKey();
                assertThat(measures).as(where).hasSize(6);
                assertThat(Integer.parseInt(measures[0]))
                        .as("width of " + where)
                        .isLessThanOrEqualTo(Integer.parseInt(measures[1]));
                assertThat(Double.parseDouble(measures[2]))
                        .as("contrast of " + where)
                        .isGreaterThanOrEqualTo(4.5);
                assertThat(measures[3]).as("targets too small in " + where).isEqualTo("0");
                assertThat(Integer.parseInt(measures[4]))
                        .as("axe's checks of " + where)
                        .isGreaterThan(10);
                assertThat(measures[5]).as("what axe finds in " + where).isEmpty();
            }
        }
    }

    @Test
    void isLightOrDarkAsTheReaderHasIt() throws Exception {
        assertThat(brightness("ask", "light", "--window-size=1200,1000")).isGreaterThan(240);
        assertThat(brightness("answer", "light", "--window-size=1200,2900")).isGreaterThan(240);
        assertThat(brightness("answer", "dark", "--window-size=1200,2900", "--blink-settings=preferredColorScheme=0"))
                .isLessThan(60);
        assertThat(brightness("answer", "phone", "--window-size=500,3800")).isGreaterThan(240);
    }

    private static int brightness(String page, String name, String... options) throws Exception {
        BufferedImage picture = chromium.picture(dir.resolve(page + ".html"), "help-" + page + "-" + name, options);
        return Chromium.brightness(picture, 2, 2);
    }
}
