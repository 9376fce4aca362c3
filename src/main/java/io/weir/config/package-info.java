/**
 * Every name an operator meets: settings, metrics and topics, each declared once, typed, checked and documented here; the tables in
 * {@code deploy/} are generated from these declarations. May import model, throttle and Kafka's {@code ConfigDef}.
 */
@NullMarked
package io.weir.config;

import org.jspecify.annotations.NullMarked;
