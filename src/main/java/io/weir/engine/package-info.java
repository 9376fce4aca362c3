/**
 * The one topology: connection events in, verdicts out, on Kafka Streams.
 *
 * <p>Nothing here judges; {@link io.weir.throttle.Throttle#step} does. What lives here brings it an event and a state in the order of the
 * partition, keeps what it returns exactly once, and answers questions about it. No clock and no chance: a time that is needed is the
 * event's, and the clock that meters use is handed in. May import model, throttle, config, serde, Kafka's clients and Streams, RocksDB and
 * Micrometer.
 */
@NullMarked
package io.weir.engine;

import org.jspecify.annotations.NullMarked;
