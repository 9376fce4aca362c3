/**
 * What a bounce means: whose it is, what it says, what to do about it. Reads bounces as people paste them ({@link io.weir.explain.Bounce}),
 * and says what is known as a structured {@link io.weir.explain.Explanation}, which others render.
 *
 * <p>Everything here is a function of its arguments. What is pasted is hostile: it is bounded, never throws, is kept nowhere, and goes into no log.
 * What is known of a site at the moment is handed in ({@link io.weir.explain.Live}). May import model, throttle, Jackson's streaming parser and
 * Apache mime4j.
 */
@NullMarked
package io.weir.explain;

import org.jspecify.annotations.NullMarked;
