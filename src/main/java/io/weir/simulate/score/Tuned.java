package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * For each strategy the settings that no other of its grid beats on both counts (abuse delivered, legitimate mail deferred), and of those the
 * cheapest, found on the tuning seeds. Kept in a file, since finding them takes long; {@code weir scoreboard --tune FILE} writes it.
 *
 * @param front from the strictest to the laxest
 * @param cheapest one of them
 */
record Tuned(Strategy strategy, List<Setting> front, Setting cheapest) {
    private static final String RESOURCE = "/io/weir/simulate/tuned.properties";
    /** What deferring all legitimate mail costs, where delivering all abuse costs 1. */
    static final double COST_OF_DELAY = 10;

    Tuned {
        front = List.copyOf(front);
    }

    /** Those of the grid's fields, all of one strategy. */
    static Tuned of(Strategy strategy, List<Field> fields) {
        List<Field> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparingDouble(Field::abuseDelivered).thenComparingDouble(Field::goodDeferred));
        List<Setting> front = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Field field : sorted) {
            if (field.goodDeferred() < least) {
                least = field.goodDeferred();
                front.add((Setting) field.contestant());
            }
        }
        Field cheapest =
                fields.stream().min(Comparator.comparingDouble(Tuned::cost)).orElseThrow();
        return new Tuned(strategy, front, (Setting) cheapest.contestant());
    }

    static double cost(Field field) {
        return field.abuseDelivered() + COST_OF_DELAY * field.goodDeferred();
    }

    /** The setting that tables report: Weir as it is shipped, of the others the cheapest. */
    Setting marked() {
        return strategy == Strategy.WEIR ? Strategy.shipped() : cheapest;
    }

    /** The file's lines of this strategy. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(strategy.id())
                .append(".cheapest = ")
                .append(cheapest.text())
                .append('\n');
        for (int i = 0; i < front.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s.front.%02d = %s%n",
                    strategy.id(),
                    i,
                    front.get(i).text()));
        }
        return text.toString();
    }

    /** As they come with Weir, in the order of {@link Strategy}. */
    static List<Tuned> shipped() {
        Properties file = new Properties();
        try (InputStream in = Tuned.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        List<Tuned> all = new ArrayList<>();
        for (Strategy strategy : Strategy.tunable()) {
            Map<String, Setting> front = new TreeMap<>();
            String prefix = strategy.id() + ".front.";
            for (String key : file.stringPropertyNames()) {
                if (key.startsWith(prefix)) {
                    front.put(key, Setting.parse(strategy, file.getProperty(key)));
                }
            }
            Setting cheapest = Setting.parse(strategy, file.getProperty(strategy.id() + ".cheapest", ""));
            all.add(new Tuned(strategy, List.copyOf(front.values()), cheapest));
        }
        return all;
    }
}
