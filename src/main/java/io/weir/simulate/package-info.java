/**
 * A closed loop in event time: virtual senders with the retry behaviour of real mail servers face virtual edges and the real core, and the same
 * traffic faces what others use. Everything follows from a seed: the same seed gives the same messages, answers and scores.
 *
 * <p>What is made up is who sends what and when; what becomes of it is not. May import throttle, model, serde and replay.
 */
@NullMarked
package io.weir.simulate;

import org.jspecify.annotations.NullMarked;
