package io.weir.model;

/** A record on {@code smtp-connections}: what an edge saw, what became known later, or what everybody must obey. */
public sealed interface WeirEvent permits ConnectionEvent, Amendment, RulesChange, Gap, BrakeChange {
    /** Name of the edge (or operator's tool) that wrote the record. */
    String edge();

    /** When it happened, milliseconds since the epoch, UTC. */
    long occurredAtMs();
}
