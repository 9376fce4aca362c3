package io.weir.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code /} and {@code /console/...}: the console's own files, which know nothing of the site; what they show they ask of {@code /v1}, as whoever
 * looks at them may. A browser runs nothing there that does not come from here.
 */
final class ConsoleRoutes {
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String OWN = "/io/weir/http/console/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final List<String> SCRIPTS = List.of(
            "main.js",
            "api.js",
            "html.js",
            "dialog.js",
            "chart.js",
            "now.js",
            "sender.js",
            "network.js",
            "trusted.js",
            "cluster.js");

    private record Page(String type, byte[] bytes) {
        static Page of(String type, String resource) {
            try (InputStream in = ConsoleRoutes.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("no " + resource + " on the class path");
                }
                return new Page(type, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void answer(Context context) {
            Params.only(context);
            context.header("Content-Security-Policy", POLICY).contentType(type).result(bytes);
        }
    }

    List<Route> all() {
        List<Route> all = new ArrayList<>();
        all.add(route("/", Page.of(HTML, OWN + "index.html")));
        Map<String, Page> others = Map.of(
                "console.css", Page.of(STYLE, OWN + "console.css"),
                "weir.svg", Page.of("image/svg+xml", OWN + "weir.svg"),
                "uplot.css", Page.of(STYLE, CHARTS + "uPlot.min.css"),
                "uplot.js", Page.of(SCRIPT, CHARTS + "uPlot.iife.min.js"));
        others.forEach((name, page) -> all.add(route("/console/" + name, page)));
        SCRIPTS.forEach(name -> all.add(route("/console/" + name, Page.of(SCRIPT, OWN + name))));
        return all;
    }

    private static Route route(String path, Page page) {
        return Route.get(path, Right.ANYBODY, page::answer);
    }
}
