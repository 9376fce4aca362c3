package io.weir.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The engine of this process, as soon as there is one. */
final class Engine {
    private static final Duration STARTING = Duration.ofSeconds(2);

    private volatile @Nullable Served served;

    void is(Served now) {
        served = now;
    }

    @Nullable
    Served orNull() {
        return served;
    }

    /** @throws ProblemException while there is none */
    Served served() {
        Served now = served;
        if (now == null) {
            throw ProblemException.unavailable("the engine has not started yet", STARTING);
        }
        return now;
    }
}
