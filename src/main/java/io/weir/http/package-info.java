/**
 * Questions over HTTP: what is known of a sender, what a bounce means, how the engine is, and its metrics. Answers are JSON, help pages HTML; every
 * error of the API is a problem document (RFC 9457). May import the engine's queries, explain, model, throttle (a sender's view is its value),
 * config, Jackson, Micrometer's Prometheus registry and Javalin; no Kafka class.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
