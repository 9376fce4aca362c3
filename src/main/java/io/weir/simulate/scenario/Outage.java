package io.weir.simulate.scenario;

/** A time in which nobody reaches us. */
public record Outage(long fromMs, long toMs) {
    public boolean covers(long ms) {
        return ms >= fromMs && ms < toMs;
    }
}
