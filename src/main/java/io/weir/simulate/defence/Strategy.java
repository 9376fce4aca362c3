package io.weir.simulate.defence;

import io.weir.simulate.Spans;
import io.weir.simulate.scenario.Scenario;
import io.weir.throttle.RuleKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A kind of defence and the settings it can be tried with. Every one of them takes for a sender what Weir does. */
public enum Strategy {
    WEIR("weir", "Weir", "growth", "newcomer") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new WeirDefence(scenario, rules(values));
        }

        @Override
        List<List<Double>> grid() {
            return product(List.of(2.0, 3.0), List.of(0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0));
        }
    },
    BOUND("bound", "the bound of property 1", "growth", "newcomer") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new BoundDefence(scenario, rules(values));
        }

        @Override
        List<List<Double>> grid() {
            return List.of(DEFAULT_RULES);
        }
    },
    RATE_WINDOW("rate-window", "fixed limit per time unit (Postfix anvil)", "limit", "unit-s") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new RateWindowDefence(values.get(0).longValue(), (long) (values.get(1) * Spans.SECOND_MS));
        }

        @Override
        List<List<Double>> grid() {
            return product(LIMITS, List.of(60.0, 600.0, 3_600.0));
        }
    },
    LEAKY_BUCKET("leaky-bucket", "leaky bucket (rspamd ratelimit)", "burst", "per-hour") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new LeakyBucketDefence(values.get(0), values.get(1) / Spans.HOUR_MS);
        }

        @Override
        List<List<Double>> grid() {
            return product(LIMITS, List.of(10.0, 30.0, 100.0, 300.0));
        }
    },
    SMOOTHED_RATE("smoothed-rate", "rate with penalty (Exim ratelimit, strict)", "limit", "period-s") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new SmoothedRateDefence(values.get(0), values.get(1) * Spans.SECOND_MS);
        }

        @Override
        List<List<Double>> grid() {
            return product(LIMITS, List.of(60.0, 3_600.0, 86_400.0));
        }
    },
    GREYLIST("greylist", "greylisting per address (postgrey)", "delay-s", "whitelist-after") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new GreylistDefence(
                    (long) (values.get(0) * Spans.SECOND_MS), values.get(1).intValue());
        }

        @Override
        List<List<Double>> grid() {
            return product(List.of(60.0, 300.0, 3_600.0, 21_600.0), List.of(0.0, 1.0, 5.0));
        }

        /** How many deliveries is a small number. */
        @Override
        List<Double> near(int parameter, double value) {
            return parameter == 1 ? List.of(value) : super.near(parameter, value);
        }
    },
    Z_SCORE("z-score", "z-score on hourly counts", "deviations", "least") {
        @Override
        Defence defence(Scenario scenario, List<Double> values) {
            return new ZScoreDefence(values.get(0), values.get(1).longValue());
        }

        @Override
        List<List<Double>> grid() {
            return product(List.of(2.0, 3.0, 4.0, 6.0), LIMITS);
        }
    };

    private static final List<Double> LIMITS = List.of(10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0);
    /** The grids' values are three times as large as the one before, about. */
    private static final double HALF_STEP = Math.sqrt(3);
    /** Growth 2, and a newcomer's allowances as they come. */
    private static final List<Double> DEFAULT_RULES = List.of(2.0, 1.0);

    private final String id;
    private final String label;
    private final String first;
    private final String second;

    Strategy(String id, String label, String first, String second) {
        this.id = id;
        this.label = label;
        this.first = first;
        this.second = second;
    }

    /** A strategy with its parameters, in the order of {@link Strategy#parameters()}. */
    public record Setting(Strategy strategy, List<Double> values) implements Contestant {
        public Setting {
            values = List.copyOf(values);
        }

        @Override
        public Defence against(Scenario scenario) {
            Defence defence = strategy.defence(scenario, values);
            Exceptions exceptions = new Exceptions(scenario);
            return strategy.hasExceptions() || exceptions.isNone()
                    ? defence
                    : new ExceptingDefence(defence, exceptions);
        }

        /** The settings around it, closer than its grid's. */
        public List<Setting> neighbours() {
            return product(strategy.near(0, values.get(0)), strategy.near(1, values.get(1))).stream()
                    .map(around -> new Setting(strategy, around))
                    .toList();
        }

        /** {@code limit=120 unit-s=3600}. */
        public String text() {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                words.add(String.format(
                        Locale.ROOT, "%s=%s", strategy.parameters().get(i), number(values.get(i))));
            }
            return String.join(" ", words);
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }

        /**
         * Reads what {@link #text()} writes.
         *
         * @throws IllegalArgumentException when it is not that
         */
        public static Setting parse(Strategy strategy, String text) {
            List<Double> values = new ArrayList<>();
            for (String word : text.trim().split(" ")) {
                String name = strategy.parameters().get(values.size()) + "=";
                if (!word.startsWith(name)) {
                    throw new IllegalArgumentException("'" + text + "' is no setting of " + strategy.id);
                }
                values.add(Double.parseDouble(word.substring(name.length())));
            }
            return new Setting(strategy, values);
        }
    }

    abstract Defence defence(Scenario scenario, List<Double> values);

    abstract List<List<Double>> grid();

    /** Whether it knows by itself whom the operator lets pass. */
    private boolean hasExceptions() {
        return this == WEIR || this == BOUND;
    }

    /** Values between a parameter's and the next of its grid, or beyond its end. */
    List<Double> near(int parameter, double value) {
        return List.of(rounded(value / HALF_STEP), value, rounded(value * HALF_STEP));
    }

    private static double rounded(double value) {
        double digits = Math.pow(10, 1 - Math.floor(Math.log10(value)));
        return Math.round(value * digits) / digits;
    }

    public static Optional<Strategy> of(String id) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.id.equals(id))
                .findFirst();
    }

    /** Name in resource files. */
    public String id() {
        return id;
    }

    /** For people. */
    public String label() {
        return label;
    }

    public List<String> parameters() {
        return List.of(first, second);
    }

    /** Settings to try. */
    public List<Setting> settings() {
        return grid().stream().map(values -> new Setting(this, values)).toList();
    }

    /** Weir as it is shipped. */
    public static Setting shipped() {
        return new Setting(WEIR, DEFAULT_RULES);
    }

    /** Those that have settings to choose from. */
    public static List<Strategy> tunable() {
        return Arrays.stream(values()).filter(strategy -> strategy != BOUND).toList();
    }

    /** Weir by other growths, from the least that rules may have on. */
    public static List<Setting> growths() {
        return Stream.of(2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
                .map(growth -> new Setting(WEIR, List.of(growth, DEFAULT_RULES.get(1))))
                .toList();
    }

    /** What bounds Weir by other rules. */
    public static Contestant ceiling(Map<String, String> rules) {
        return scenario -> new BoundDefence(scenario, rules);
    }

    /** What bounds {@link #shipped()}. */
    public static Setting ceiling() {
        return new Setting(BOUND, DEFAULT_RULES);
    }

    private static List<List<Double>> product(List<Double> first, List<Double> second) {
        List<List<Double>> all = new ArrayList<>();
        first.forEach(a -> second.forEach(b -> all.add(List.of(a, b))));
        return all;
    }

    /** Rules whose growth, and a newcomer's allowances, are so many times the defaults. */
    private static Map<String, String> rules(List<Double> values) {
        Map<String, String> settings = new HashMap<>();
        if (values.equals(DEFAULT_RULES)) {
            return settings;
        }
        for (RuleKey key : List.of(RuleKey.GROWTH_5M, RuleKey.GROWTH_1H, RuleKey.GROWTH_1D)) {
            settings.put(key.id(), Double.toString(values.get(0)));
        }
        for (RuleKey key : List.of(
                RuleKey.NEWCOMER_5M,
                RuleKey.NEWCOMER_1H,
                RuleKey.NEWCOMER_1D,
                RuleKey.NULL_NEWCOMER_5M,
                RuleKey.NULL_NEWCOMER_1H,
                RuleKey.NULL_NEWCOMER_1D)) {
            settings.put(key.id(), Long.toString(Math.round(Double.parseDouble(key.standard()) * values.get(1))));
        }
        return settings;
    }
}
