/**
 * The past judged without a broker: an {@link io.weir.replay.OfflineEngine} for each partition and one edge before them, in event time.
 *
 * <p>Two ways through the past, {@link io.weir.replay.offline.Way}: as it was recorded, or as it would have gone had edges deferred what
 * verdicts say. Either calls the functions that live engines and edges call, and has nothing of their meaning here. May import replay,
 * throttle, model, serde and Jackson.
 */
@NullMarked
package io.weir.replay.offline;

import org.jspecify.annotations.NullMarked;
