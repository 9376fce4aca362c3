package io.weir.simulate.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is aimed at. */
enum Measure {
    ABUSE_DEFERRED("abuse-deferred", true) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return weir.abuse().deferred();
        }
    },
    OF_CEILING("of-ceiling", true) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return bound.abuse().deferred() <= 0
                    ? 1
                    : weir.abuse().deferred() / bound.abuse().deferred();
        }
    },
    DETECTED("detected", true) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return weir.abuse().detected();
        }
    },
    GOOD_DEFERRED("good-deferred", false) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return weir.good().deferredShare();
        }
    },
    LOST("lost", false) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return weir.good().lost();
        }

        @Override
        String text(double value) {
            return Cells.count(value);
        }
    },
    DRAINS("drains", false) {
        @Override
        double of(FamilyScore weir, FamilyScore bound) {
            return weir.drains();
        }

        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
    };

    private final String id;
    private final boolean atLeast;

    Measure(String id, boolean atLeast) {
        this.id = id;
        this.atLeast = atLeast;
    }

    static Optional<Measure> of(String id) {
        return Arrays.stream(values()).filter(measure -> measure.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    abstract double of(FamilyScore weir, FamilyScore bound);

    boolean reaches(double value, double aim) {
        return atLeast ? value >= aim : value <= aim;
    }

    /** {@code at least 97.0%}. */
    String aim(double aim) {
        return (atLeast ? "at least " : "at most ") + text(aim);
    }

    String text(double value) {
        return Cells.share(value);
    }
}
