package io.weir.http;

import io.weir.model.ClientAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many requests per second and client on average, and as many at once. A client is an IPv4 address or an IPv6 /64. Of {@value #MOST_CLIENTS}
 * clients at most the use is remembered: who has not asked for the longest time is forgotten first.
 */
final class RateLimit {
    static final int MOST_CLIENTS = 10_000;

    private static final double SECOND_NANOS = 1e9;

    private final double perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    /** What a client has left, as of a moment. */
    private record Bucket(double left, long atNanos) {}

    /** @param nanos of some clock that goes on evenly */
    RateLimit(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Takes one request of an address; false when it has none left. */
    synchronized boolean take(String address) {
        String client = client(address);
        long now = nanos.getAsLong();
        Bucket before = buckets.getOrDefault(client, new Bucket(perSecond, now));
        double left = Math.min(perSecond, before.left + (now - before.atNanos) * perSecond / SECOND_NANOS);
        boolean hasLeft = left >= 1;
        buckets.put(client, new Bucket(hasLeft ? left - 1 : left, now));
        return hasLeft;
    }

    /** Clients that are remembered. */
    synchronized int clients() {
        return buckets.size();
    }

    private static String client(String address) {
        try {
            int zone = address.indexOf('%');
            return ClientAddress.parse(zone < 0 ? address : address.substring(0, zone))
                    .sender()
                    .text();
        } catch (IllegalArgumentException e) {
            // Whatever a proxy calls an address: they share one budget, and no name of any length is remembered.
            return "";
        }
    }
}
