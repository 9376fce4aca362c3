/**
 * The border: JSON on topics, compact versioned binary in stores. What comes in is parsed and checked here once; nothing behind it checks
 * again. May import {@code model}, {@code throttle} and Jackson's streaming classes; knows neither Kafka nor HTTP.
 */
@NullMarked
package io.weir.serde;

import org.jspecify.annotations.NullMarked;
