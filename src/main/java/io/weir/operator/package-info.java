/**
 * What operators write and watch, as the HTTP API and the commands share it: overrides, connectors and the history of their changes, checked once and
 * written once; and verdicts as they come. Interfaces for who asks, and what fills them from Kafka. May import model, throttle, serde, config,
 * Jackson and Kafka's clients.
 */
@NullMarked
package io.weir.operator;

import org.jspecify.annotations.NullMarked;
