package io.weir.engine;

import io.weir.model.BrakeChange;
import io.weir.model.Verdict;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what needs their eyes: a client that a connector trusts sends far above its usual, where nothing holds its mail, so that nobody else
 * would notice a relay in the wrong hands; or an edge's brake is on. And when it is over.
 */
final class Alarms {
    private static final Logger log = LoggerFactory.getLogger(Alarms.class);

    private final EngineMetrics metrics;

    Alarms(EngineMetrics metrics) {
        this.metrics = metrics;
    }

    /** @param isGoingOn whether the one before had not ended */
    void published(Verdict verdict, boolean isGoingOn) {
        switch (verdict.action()) {
            case THROTTLE -> {
                if (!isGoingOn) {
                    begun(verdict);
                }
            }
            case ALLOW -> log.info("{} is back to its usual", verdict.client());
        }
    }

    void brake(BrakeChange change) {
        metrics.brake(change.on());
        if (change.on()) {
            log.warn("ALARM: edge {} lets everything pass, its brake is on: {}", change.edge(), change.why());
        } else {
            log.info("edge {}: its brake is released", change.edge());
        }
    }

    private void begun(Verdict verdict) {
        metrics.alarm(verdict.reason());
        log.warn(
                "ALARM: {} sends far above its usual and all of it passes, being trusted: {}, {} recipients within {}, allowance {}, record {}",
                verdict.client(),
                verdict.reason(),
                verdict.observed(),
                Duration.ofMillis(verdict.horizonMs()),
                verdict.allowance(),
                verdict.record());
    }
}
