/**
 * What an edge knows and how it comes to know it: the verdicts in force, kept in memory and followed from their topic.
 *
 * <p>Nothing here judges: {@link io.weir.throttle.EdgeDecision#decide} does, from what {@link io.weir.edge.VerdictTable} knows. May import
 * model, throttle, serde, config and Kafka's clients; never Kafka Streams, since an edge must run beside any mail server.
 */
@NullMarked
package io.weir.edge;

import org.jspecify.annotations.NullMarked;
