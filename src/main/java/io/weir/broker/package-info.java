/**
 * Kafka's own server inside this process: one node, broker and controller combined, loopback only. This is the one package that knows
 * Kafka's server classes, which are not a public API; when Kafka changes them, nothing else moves. It may import nothing of ours.
 */
@NullMarked
package io.weir.broker;

import org.jspecify.annotations.NullMarked;
