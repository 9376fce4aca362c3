package io.weir.simulate.scenario;

/**
 * How events get from the edges to the judgement, and verdicts back.
 *
 * @param edges mail exchangers
 * @param verdictDelayMs from the decisive event to the edges' knowledge
 * @param skewMs how much the last edge's clock is ahead
 * @param duplicateShare of events that an edge sends twice under the same number
 * @param duplicateLateMs how much later at most
 */
public record Plumbing(int edges, long verdictDelayMs, long skewMs, double duplicateShare, long duplicateLateMs) {
    Plumbing skewed(long ms) {
        return new Plumbing(edges, verdictDelayMs, ms, duplicateShare, duplicateLateMs);
    }

    Plumbing repeating(double share, long lateMs) {
        return new Plumbing(edges, verdictDelayMs, skewMs, share, lateMs);
    }
}
