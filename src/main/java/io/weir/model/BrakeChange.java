package io.weir.model;

/**
 * An edge's brake went on, so that everything passes there, or was released. Nothing is judged by it: people are told.
 *
 * @param edgeSeq as a {@link ConnectionEvent}'s
 * @param why one sentence for them; empty when there is nothing to say
 */
public record BrakeChange(String edge, long edgeSeq, long occurredAtMs, boolean on, String why) implements WeirEvent {}
