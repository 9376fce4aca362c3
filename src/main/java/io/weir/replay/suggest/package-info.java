/**
 * What a site's own past says about its rules: how much senders that turned out well sent on their first day, how much growth the established
 * need, and which addresses act as one. May import replay, throttle and model.
 */
@NullMarked
package io.weir.replay.suggest;

import org.jspecify.annotations.NullMarked;
