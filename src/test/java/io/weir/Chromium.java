package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Shows pages that are files in a real browser, once each; WEIR_KEEP_PICTURES=DIRECTORY keeps what they looked like, for a person. */
public final class Chromium {
    public static final String PROGRAM = "/usr/bin/chromium";

    private final Path directory;

    /** @param directory for what it leaves behind */
    public Chromium(Path directory) {
        this.directory = directory;
    }

    /** The page as it is when its scripts have run. */
    public String dom(Path page, String... options) throws IOException, InterruptedException {
        return run(page, "--dump-dom", options);
    }

    /** The title of such a page, by which its scripts can tell something. */
    public static String title(String dom) {
        return dom.substring(dom.indexOf("<title>") + 7, dom.indexOf("</title>"));
    }

    /** @param name of the picture's file, without its ending */
    public BufferedImage picture(Path page, String name, String... options) throws IOException, InterruptedException {
        Path png = kept(name + ".png");
        var unused = run(page, "--screenshot=" + png, options);
        return ImageIO.read(png.toFile());
    }

    /** The page as it is printed, a PDF. */
    public Path print(Path page, String name) throws IOException, InterruptedException {
        Path pdf = kept(name + ".pdf");
        var unused = run(page, "--print-to-pdf=" + pdf, "--no-pdf-header-footer");
        return pdf;
    }

    private Path kept(String file) {
        String kept = System.getenv("WEIR_KEEP_PICTURES");
        return (kept == null ? directory : Path.of(kept)).resolve(file);
    }

    private String run(Path page, String what, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(directory, "browser")));
        command.addAll(List.of(options));
        command.add(what);
        command.add(page.toUri().toString());
        Path out = Files.createTempFile(directory, "out", "");
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

    /** Of a point of a picture, 0 to 255. */
    public static int brightness(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    }
}
