/**
 * The API over HTTP: what is known of senders, verdicts, what operators say, how the engines are, health and metrics. Answers are JSON; every error is
 * a problem document (RFC 9457). A question is answered by whichever engine has the answer. May import the engine's queries, what operators write
 * and watch, model, throttle (a sender's view is its value), config, Jackson, Micrometer's Prometheus registry, Javalin, and Netty for files in PEM;
 * no Kafka class.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
