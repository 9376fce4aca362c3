package io.weir.replay.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A volume series of the Numenta Anomaly Benchmark, read as one sender's recipients per five minutes: a count is spread over its five minutes,
 * one message for each. The first half, two weeks at most, only teaches; what is deferred comes back as Postfix's defaults have it.
 *
 * @param name of the file
 * @param points in the order of time
 * @param windows that the benchmark labels
 */
record RealSeries(String name, List<Point> points, List<Window> windows) {
    static final List<String> NAMES = List.of(
            "Twitter_volume_AAPL.csv",
            "Twitter_volume_AMZN.csv",
            "Twitter_volume_CRM.csv",
            "Twitter_volume_CVS.csv",
            "Twitter_volume_FB.csv",
            "art_daily_jumpsdown.csv",
            "art_daily_jumpsup.csv");

    private static final long MINUTE_MS = 60_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS]", Locale.ROOT);

    /** A count of the five minutes from a time on. */
    record Point(long atMs, long count) {}

    /** A labelled window; ends included. */
    record Window(long fromMs, long toMs) {
        boolean has(long ms) {
            return ms >= fromMs && ms <= toMs;
        }
    }

    /** A time within which the sender was throttled. */
    record Span(long fromMs, long toMs) {}

    /**
     * What Weir makes of a series.
     *
     * @param upward windows that are surges
     * @param judgedFromMs when learning ended
     * @param spans throttles, event time
     * @param outside attempts deferred at first outside upward windows
     * @param attempts in all of what was judged
     */
    record Result(
            RealSeries series, List<Window> upward, long judgedFromMs, List<Span> spans, long outside, long attempts) {
        /** Upward windows that begin when the site judges. */
        List<Window> judged() {
            return upward.stream()
                    .filter(window -> window.fromMs >= judgedFromMs)
                    .toList();
        }

        long caught() {
            return judged().stream().filter(this::isCaught).count();
        }

        boolean isCaught(Window window) {
            return spans.stream().anyMatch(span -> span.fromMs <= window.toMs && span.toMs >= window.fromMs);
        }

        double hours() {
            return spans.stream().mapToLong(span -> span.toMs - span.fromMs).sum() / 3_600_000.0;
        }

        /** Of these, within upward windows. */
        double hoursWithin() {
            long within = 0;
            for (Span span : spans) {
                for (Window window : upward) {
                    within += Math.max(0, Math.min(span.toMs, window.toMs) - Math.max(span.fromMs, window.fromMs));
                }
            }
            return within / 3_600_000.0;
        }

        double hoursOutside() {
            return hours() - hoursWithin();
        }

        double judgedHours() {
            return (series.points.get(series.points.size() - 1).atMs - judgedFromMs) / 3_600_000.0;
        }
    }

    static RealSeries read(String name) {
        try {
            List<Point> points = new ArrayList<>();
            for (String line : Files.readAllLines(SharedData.file("nab/" + name)).stream()
                    .skip(1)
                    .toList()) {
                int comma = line.indexOf(',');
                points.add(new Point(
                        ms(line.substring(0, comma)), Math.round(Double.parseDouble(line.substring(comma + 1)))));
            }
            List<Window> windows = new ArrayList<>();
            Iterator<JsonNode> labelled = new ObjectMapper()
                    .readTree(SharedData.file("nab/windows.json").toFile())
                    .get(name)
                    .elements();
            labelled.forEachRemaining(one -> windows.add(
                    new Window(ms(one.get(0).asText()), ms(one.get(1).asText()))));
            return new RealSeries(name, points, windows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ms(String stamp) {
        return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** Windows that are surges: with an hour above every hour of all the time before. */
    List<Window> upward() {
        return windows.stream().filter(this::isUpward).toList();
    }

    private boolean isUpward(Window window) {
        long before = 0;
        long within = 0;
        for (int i = 11; i < points.size(); i++) {
            long hour = 0;
            for (int j = i - 11; j <= i; j++) {
                hour += points.get(j).count;
            }
            if (points.get(i).atMs < window.fromMs) {
                before = Math.max(before, hour);
            } else if (window.has(points.get(i).atMs)) {
                within = Math.max(within, hour);
            }
        }
        return within > before;
    }

    List<ConnectionEvent> events() {
        List<ConnectionEvent> events = new ArrayList<>();
        for (Point point : points) {
            for (int minute = 0; minute < 5; minute++) {
                int share = (int) (point.count * (minute + 1) / 5 - point.count * minute / 5);
                if (share > 0) {
                    events.add(Replayed.mail(point.atMs + minute * MINUTE_MS, Outcome.ADMITTED, share, 0));
                }
            }
        }
        return events;
    }

    Result judge(Map<String, String> document) {
        long first = points.get(0).atMs;
        long last = points.get(points.size() - 1).atMs;
        Setup setup = Setup.of(
                Way.WHAT_IF,
                Replayed.SECRET,
                Learning.rules(document, Way.WHAT_IF, null, first, last),
                RetryModel.POSTFIX);
        Replayed replayed = Replayed.of(setup, events());
        long judgedFrom = Objects.requireNonNull(setup.rules()).learnUntilMs();
        List<Window> surges = upward();
        long outside = replayed.decisions().stream()
                .filter(one -> one.fate() == Decision.Fate.DEFERRED && !one.isRetry())
                .filter(one -> surges.stream().noneMatch(window -> window.has(one.atMs())))
                .mapToLong(Decision::attempts)
                .sum();
        long attempts = replayed.decisions().stream()
                .filter(one -> !one.isRetry() && one.atMs() >= judgedFrom)
                .mapToLong(Decision::attempts)
                .sum();
        return new Result(this, surges, judgedFrom, spans(replayed.verdicts()), outside, attempts);
    }

    private static List<Span> spans(List<Verdict> verdicts) {
        List<Span> spans = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Span open = spans.isEmpty() ? new Span(0, 0) : spans.get(spans.size() - 1);
            boolean isOpen = verdict.decidedAtMs() <= open.toMs;
            if (verdict.action() == Verdict.Action.ALLOW) {
                if (isOpen) {
                    spans.set(spans.size() - 1, new Span(open.fromMs, verdict.decidedAtMs()));
                }
            } else if (isOpen) {
                spans.set(spans.size() - 1, new Span(open.fromMs, verdict.expiresAtMs()));
            } else {
                spans.add(new Span(verdict.decidedAtMs(), verdict.expiresAtMs()));
            }
        }
        return spans;
    }
}
