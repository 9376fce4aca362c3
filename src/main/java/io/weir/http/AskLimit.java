package io.weir.http;

import io.weir.model.ClientAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often strangers may ask: each neighbourhood so many times in a row and so many a minute, and all together so many a second. Counted per
 * IPv4 /24 and IPv6 /48, since who guesses cases has more than one address.
 */
final class AskLimit {
    static final int BURST = 30;
    static final int PER_MINUTE = 12;
    static final int ALL_PER_SECOND = 50;
    private static final int MOST_NETWORKS = 10_000;
    private static final double MINUTE_MS = 60_000;
    private static final double SECOND_MS = 1_000;

    private final LongSupplier nowMs;
    private final Bucket all = new Bucket(ALL_PER_SECOND, ALL_PER_SECOND / SECOND_MS);

    /** Those that asked longest ago go first; who is forgotten begins with all it may. */
    private final Map<String, Bucket> networks = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_NETWORKS;
        }
    };

    /** @param nowMs the time of day, or any other clock that does not go back */
    AskLimit(LongSupplier nowMs) {
        this.nowMs = nowMs;
    }

    /** Whether this question may be put; if so it is counted. */
    synchronized boolean admits(String askedFrom) {
        long now = nowMs.getAsLong();
        Bucket own = networks.computeIfAbsent(network(askedFrom), network -> new Bucket(BURST, PER_MINUTE / MINUTE_MS));
        return own.takes(now) && all.takes(now);
    }

    /** Addresses that are none share one budget. */
    private static String network(String address) {
        try {
            return ClientAddress.parse(address).sender().network();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Fills by a rate up to its size. */
    private static final class Bucket {
        private final double size;
        private final double perMs;
        private double left;
        private long seenMs = Long.MIN_VALUE;

        Bucket(double size, double perMs) {
            this.size = size;
            this.perMs = perMs;
            this.left = size;
        }

        boolean takes(long nowMs) {
            if (seenMs != Long.MIN_VALUE) {
                left = Math.min(size, left + Math.max(0, nowMs - seenMs) * perMs);
            }
            seenMs = nowMs;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
