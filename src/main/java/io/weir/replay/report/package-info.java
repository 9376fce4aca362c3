/**
 * What a way through the past came to, as one page that needs nothing but itself: no network, no script to be read. May import replay,
 * html, throttle, model, serde and Jackson.
 */
@NullMarked
package io.weir.replay.report;

import org.jspecify.annotations.NullMarked;
