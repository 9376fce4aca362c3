/** Runs scenarios against defences, and says how each fared: {@link io.weir.simulate.score.Scoreboard}. */
@NullMarked
package io.weir.simulate.score;

import org.jspecify.annotations.NullMarked;
