package io.weir.simulate.score;

import io.weir.simulate.scenario.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What is aimed at for each family, and why it is not reached where it is not. */
final class Aims {
    private static final String RESOURCE = "/io/weir/simulate/aims.properties";
    private static final double OF_CEILING = 0.95;

    private final Properties file = new Properties();

    private Aims() {}

    static Aims shipped() {
        Aims aims = new Aims();
        try (InputStream in = Aims.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            aims.file.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
        return aims;
    }

    /**
     * One aim and what became of it.
     *
     * @param why in words, where it was not reached
     */
    record Result(Family family, Measure measure, double aim, double value, String why) {
        boolean isReached() {
            return measure.reaches(value, aim);
        }
    }

    /** Every aim of the families there are, in their order. */
    List<Result> results(Field weir, Field bound) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < weir.families().size(); i++) {
            FamilyScore of = weir.families().get(i);
            for (Measure measure : Measure.values()) {
                String key = of.family().id() + "." + measure.id();
                Double aim = aim(key, measure, of);
                if (aim != null) {
                    double value = measure.of(of, bound.families().get(i));
                    results.add(new Result(of.family(), measure, aim, value, file.getProperty(key + ".why", "")));
                }
            }
        }
        return results;
    }

    /** Two hold for all: near the ceiling, and nothing lost but where a sender moves and tells nobody. */
    private @Nullable Double aim(String key, Measure measure, FamilyScore of) {
        String own = file.getProperty(key);
        if (own != null) {
            return Double.parseDouble(own);
        }
        return switch (measure) {
            case OF_CEILING -> of.isAbusive() ? OF_CEILING : null;
            case LOST -> of.hasGood() && of.family() != Family.MIGRATION_UNANNOUNCED ? 0.0 : null;
            case ABUSE_DEFERRED, DETECTED, GOOD_DEFERRED, DRAINS -> null;
        };
    }
}
