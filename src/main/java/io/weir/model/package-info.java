/**
 * Values that cross a topic: events, verdicts, sender keys. What they mean is fixed in {@code topics/}.
 *
 * <p>May import the JDK and the {@code ipaddress} library; knows neither Kafka nor JSON.
 */
@NullMarked
package io.weir.model;

import org.jspecify.annotations.NullMarked;
