/**
 * The past: readers of historical logs, which turn what a mail server wrote into the connection events an edge would have sent. Offline;
 * knows no Kafka. May import throttle, model and serde.
 */
@NullMarked
package io.weir.replay;

import org.jspecify.annotations.NullMarked;
