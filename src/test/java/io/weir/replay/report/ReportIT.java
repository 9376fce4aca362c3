package io.weir.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.Chromium;
import io.weir.Needs;
import io.weir.replay.SimulatedMonth;
import io.weir.replay.offline.Way;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Needs(Chromium.PROGRAM)
@Timeout(120)
class ReportIT {
    /** Measures in the browser: {@code document.title} is read back. */
    private static final String MEASURES = "<script>document.title=[document.documentElement.scrollWidth,"
            + "document.documentElement.clientWidth,document.querySelectorAll('figure').length,"
            + "[...document.querySelectorAll('.plot')].every(p=>p.clientWidth>200&&p.clientHeight>100),"
            + "[...document.querySelectorAll('.plot .deferred')].some(p=>p.getBBox().height>10)].join(' ')</script>";

    @TempDir
    static Path dir;

    private static Chromium chromium;
    private static Path page;
    private static Path measured;

    @BeforeAll
    static void write() throws IOException {
        chromium = new Chromium(dir);
        String html = Pages.of(Way.WHAT_IF, "mail.log of mx1").html();
        page = Files.writeString(dir.resolve("report.html"), html);
        measured = Files.writeString(dir.resolve("measured.html"), html.replace("</body>", MEASURES + "</body>"));
    }

    @Test
    void fitsADeskAndAPhone() throws Exception {
        for (int width : new int[] {1200, 500}) {
            String dom = chromium.dom(measured, "--window-size=" + width + ",900");
            String[] measures = Chromium.title(dom).split(" ");
            assertThat(Integer.parseInt(measures[0]))
                    .as("at %s pixels nothing is wider than the window", width)
                    .isLessThanOrEqualTo(Integer.parseInt(measures[1]));
            assertThat(Integer.parseInt(measures[2])).isGreaterThan(5);
            assertThat(measures[3]).as("charts have a size").isEqualTo("true");
            assertThat(measures[4]).as("deferrals are drawn").isEqualTo("true");
            assertThat(dom).contains(SimulatedMonth.HIJACKED);
        }
    }

    @Test
    void isLightOrDarkAsTheReaderHasIt() throws Exception {
        BufferedImage light = chromium.picture(page, "light", "--window-size=1200,2400");
        BufferedImage dark =
                chromium.picture(page, "dark", "--window-size=1200,2400", "--blink-settings=preferredColorScheme=0");
        BufferedImage phone = chromium.picture(page, "phone", "--window-size=500,3000");
        assertThat(Chromium.brightness(light, 5, 5)).isGreaterThan(240);
        assertThat(Chromium.brightness(dark, 5, 5)).isLessThan(60);
        assertThat(Chromium.brightness(phone, 2, 2)).isGreaterThan(240);
        assertThat(colours(light)).as("charts are coloured").isGreaterThan(20);
    }

    @Test
    void printsOntoPages() throws Exception {
        Path pdf = chromium.print(page, "report");
        assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        assertThat(Files.size(pdf)).isGreaterThan(20_000);
    }

    private static long colours(BufferedImage image) {
        return IntStream.range(0, image.getHeight())
                .flatMap(y -> IntStream.range(0, image.getWidth() / 4).map(x -> image.getRGB(4 * x, y)))
                .distinct()
                .count();
    }
}
