/**
 * The topics as the files under {@code topics/} declare them, compared with a cluster's and put in order there. May import model, config,
 * Jackson and Kafka's clients.
 */
@NullMarked
package io.weir.topics;

import org.jspecify.annotations.NullMarked;
