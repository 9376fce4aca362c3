/**
 * The past: history in time order from any number of logs, and what would have been throttled in it. Offline; knows no Kafka. May import
 * throttle, model and serde.
 */
@NullMarked
package io.weir.replay;

import org.jspecify.annotations.NullMarked;
