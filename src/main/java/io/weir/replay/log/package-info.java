/**
 * Readers of historical logs, one line after the other, which turn what a mail server wrote into the connection events an edge would have
 * sent. May import model and serde.
 */
@NullMarked
package io.weir.replay.log;

import org.jspecify.annotations.NullMarked;
