package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as a file: cells with tabs between, so that a spreadsheet reads them too. What stands first in a line says what it is. */
final class ResultsFile {
    private static final String ABOUT = "about";
    private static final String FAMILY = "family";
    private static final String TRADE = "trade";
    private static final String POINT = "point";
    private static final String HEADS =
            "strategy setting family campaigns abuse-deferred delivered-per-day detected leaked throttled-ms"
                    + " released-ms messages good-deferred lost delay-median-ms delay-p99-ms delay-max-ms ramp-days drains";

    private ResultsFile() {}

    static String write(Results results) {
        List<List<?>> lines = new ArrayList<>();
        lines.add(List.of(ABOUT, "scenarios", results.scenarios()));
        lines.add(List.of(ABOUT, "seeds", results.seeds()));
        lines.add(List.of(ABOUT, "curve-seeds", results.curveSeeds()));
        lines.add(Stream.concat(Stream.of("#" + FAMILY), Arrays.stream(HEADS.split(" ")))
                .toList());
        results.fields().forEach(field -> lines.addAll(lines(FAMILY, field)));
        lines.addAll(lines(FAMILY, results.bound()));
        results.trades().forEach(field -> lines.addAll(lines(TRADE, field)));
        lines.add(List.of("#" + POINT, "strategy", "setting", "abuse-delivered", "good-deferred", "marked"));
        for (Curve curve : results.curves()) {
            Stream.concat(curve.points().stream(), Stream.of(curve.marked()))
                    .distinct()
                    .forEach(point -> lines.add(line(point, curve)));
        }
        return lines.stream()
                .map(line -> line.stream().map(Object::toString).collect(Collectors.joining("\t", "", "\n")))
                .collect(Collectors.joining());
    }

    private static List<List<?>> lines(String kind, Field field) {
        List<List<?>> lines = new ArrayList<>();
        field.families().forEach(family -> lines.add(line(kind, (Setting) field.contestant(), family)));
        return lines;
    }

    private static List<?> line(String kind, Setting setting, FamilyScore score) {
        FamilyScore.Abuse abuse = score.abuse();
        FamilyScore.Good good = score.good();
        return List.of(
                kind,
                setting.strategy().id(),
                setting.text(),
                score.family().id(),
                abuse.campaigns(),
                abuse.deferred(),
                abuse.deliveredPerDay(),
                abuse.detected(),
                abuse.leaked(),
                abuse.throttledMs(),
                abuse.releaseMs(),
                good.messages(),
                good.deferred(),
                good.lost(),
                good.medianMs(),
                good.p99Ms(),
                good.mostMs(),
                good.rampDays(),
                score.drains());
    }

    private static List<?> line(Curve.Point point, Curve curve) {
        boolean onCurve = curve.points().contains(point);
        String part = !onCurve ? "alone" : point.equals(curve.marked()) ? "marked" : "";
        return List.of(
                POINT,
                point.setting().strategy().id(),
                point.setting().text(),
                point.abuseDelivered(),
                point.goodDeferred(),
                part);
    }

    /**
     * Reads what {@link #write} writes.
     *
     * @throws IllegalArgumentException naming the line, when it is not that
     */
    static Results read(String text) {
        Reading reading = new Reading();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                reading.line(line.split("\t", -1));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return reading.results();
    }

    private static final class Reading {
        private final Map<String, String> about = new HashMap<>();
        private final Map<Setting, List<FamilyScore>> families = new LinkedHashMap<>();
        private final Map<Setting, List<FamilyScore>> trades = new LinkedHashMap<>();
        private final Map<Strategy, List<Curve.Point>> points = new LinkedHashMap<>();
        private final Map<Strategy, Curve.Point> marked = new HashMap<>();

        private void line(String[] cells) {
            switch (cells[0]) {
                case ABOUT -> about.put(cells[1], cells[2]);
                case FAMILY ->
                    families.computeIfAbsent(setting(cells), first -> new ArrayList<>())
                            .add(score(cells));
                case TRADE ->
                    trades.computeIfAbsent(setting(cells), first -> new ArrayList<>())
                            .add(score(cells));
                case POINT -> point(cells);
                default -> {
                    if (!cells[0].startsWith("#")) {
                        throw new IllegalArgumentException("'" + cells[0] + "' is none of about, family, trade, point");
                    }
                }
            }
        }

        private static Setting setting(String[] cells) {
            Strategy strategy = Strategy.of(cells[1])
                    .orElseThrow(() -> new IllegalArgumentException("no strategy is called '" + cells[1] + "'"));
            return Setting.parse(strategy, cells[2]);
        }

        private static FamilyScore score(String[] cells) {
            Family family = Family.of(cells[3])
                    .orElseThrow(() -> new IllegalArgumentException("no family is called '" + cells[3] + "'"));
            long[] whole = new long[cells.length];
            for (int i : new int[] {4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}) {
                whole[i] = Long.parseLong(cells[i]);
            }
            return new FamilyScore(
                    family,
                    new FamilyScore.Abuse(
                            (int) whole[4],
                            Double.parseDouble(cells[5]),
                            Double.parseDouble(cells[6]),
                            Double.parseDouble(cells[7]),
                            whole[8],
                            whole[9],
                            whole[10]),
                    new FamilyScore.Good(whole[11], whole[12], whole[13], whole[14], whole[15], whole[16], whole[17]),
                    Double.parseDouble(cells[18]));
        }

        private void point(String[] cells) {
            Setting setting = setting(cells);
            Curve.Point point = new Curve.Point(setting, Double.parseDouble(cells[3]), Double.parseDouble(cells[4]));
            List<Curve.Point> curve = points.computeIfAbsent(setting.strategy(), first -> new ArrayList<>());
            if (!cells[5].equals("alone")) {
                curve.add(point);
            }
            if (!cells[5].isEmpty()) {
                marked.put(setting.strategy(), point);
            }
        }

        private Results results() {
            List<Field> fields = fields(families);
            Field bound = fields.remove(fields.size() - 1);
            List<Curve> curves = new ArrayList<>();
            points.forEach((strategy, of) -> curves.add(new Curve(strategy, of, known(strategy))));
            return new Results(
                    about("scenarios"),
                    Integer.parseInt(about("seeds")),
                    Integer.parseInt(about("curve-seeds")),
                    fields,
                    bound,
                    fields(trades),
                    curves);
        }

        private static List<Field> fields(Map<Setting, List<FamilyScore>> scores) {
            List<Field> fields = new ArrayList<>();
            scores.forEach((setting, of) -> fields.add(new Field(setting, of)));
            return fields;
        }

        private Curve.Point known(Strategy strategy) {
            Curve.Point point = marked.get(strategy);
            if (point == null) {
                throw new IllegalArgumentException("no point of " + strategy.id() + " is marked");
            }
            return point;
        }

        private String about(String key) {
            String value = about.get(key);
            if (value == null) {
                throw new IllegalArgumentException("nothing is said about " + key);
            }
            return value;
        }
    }
}
