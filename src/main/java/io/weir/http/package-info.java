/**
 * The API over HTTP: what is known of senders, verdicts, what operators say, what a bounce means, how the engines are, health and metrics. Answers are
 * JSON, help pages HTML; every error of the API is a problem document (RFC 9457). A question is answered by whichever engine has the answer. May import the engine's queries, what operators write
 * and watch, explain, model, throttle (a sender's view is its value), config, Jackson, Micrometer's Prometheus registry, Javalin, and Netty for files in PEM;
 * no Kafka class.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
