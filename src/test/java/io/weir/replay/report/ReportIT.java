package io.weir.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.Needs;
import io.weir.replay.SimulatedMonth;
import io.weir.replay.offline.Way;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; WEIR_KEEP_PICTURES=DIRECTORY keeps what it looked like, for a person. */
@Needs("/usr/bin/chromium")
@Timeout(120)
class ReportIT {
    /** Measures in the browser: {@code document.title} is read back. */
    private static final String MEASURES = "<script>document.title=[document.documentElement.scrollWidth,"
            + "document.documentElement.clientWidth,document.querySelectorAll('figure').length,"
            + "[...document.querySelectorAll('.plot')].every(p=>p.clientWidth>200&&p.clientHeight>100),"
            + "[...document.querySelectorAll('.plot .deferred')].some(p=>p.getBBox().height>10)].join(' ')</script>";

    @TempDir
    static Path dir;

    private static Path page;
    private static Path measured;

    @BeforeAll
    static void write() throws IOException {
        String html = Pages.of(Way.WHAT_IF, "mail.log of mx1").html();
        page = Files.writeString(dir.resolve("report.html"), html);
        measured = Files.writeString(dir.resolve("measured.html"), html.replace("</body>", MEASURES + "</body>"));
    }

    @Test
    void fitsADeskAndAPhone() throws Exception {
        for (int width : new int[] {1200, 500}) {
            String dom = browser(
                    "--window-size=" + width + ",900",
                    "--dump-dom",
                    measured.toUri().toString());
            String[] measures = title(dom).split(" ");
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
        BufferedImage light = picture("light", "--window-size=1200,2400");
        BufferedImage dark = picture("dark", "--window-size=1200,2400", "--blink-settings=preferredColorScheme=0");
        BufferedImage phone = picture("phone", "--window-size=500,3000");
        assertThat(brightness(light.getRGB(5, 5))).isGreaterThan(240);
        assertThat(brightness(dark.getRGB(5, 5))).isLessThan(60);
        assertThat(brightness(phone.getRGB(2, 2))).isGreaterThan(240);
        assertThat(colours(light)).as("charts are coloured").isGreaterThan(20);
    }

    @Test
    void printsOntoPages() throws Exception {
        Path pdf = keep("report.pdf");
        browser("--no-pdf-header-footer", "--print-to-pdf=" + pdf, page.toUri().toString());
        assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        assertThat(Files.size(pdf)).isGreaterThan(20_000);
    }

    private static BufferedImage picture(String name, String... options) throws Exception {
        Path png = keep(name + ".png");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--screenshot=" + png);
        all.add(page.toUri().toString());
        browser(all.toArray(String[]::new));
        return ImageIO.read(png.toFile());
    }

    private static Path keep(String name) {
        String kept = System.getenv("WEIR_KEEP_PICTURES");
        return (kept == null ? dir : Path.of(kept)).resolve(name);
    }

    private static int brightness(int rgb) {
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }

    private static long colours(BufferedImage image) {
        return IntStream.range(0, image.getHeight())
                .flatMap(y -> IntStream.range(0, image.getWidth() / 4).map(x -> image.getRGB(4 * x, y)))
                .distinct()
                .count();
    }

    private static String title(String dom) {
        return dom.substring(dom.indexOf("<title>") + 7, dom.indexOf("</title>"));
    }

    private static String browser(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(dir, "browser")));
        command.addAll(List.of(options));
        Path out = Files.createTempFile(dir, "out", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }
}
