/**
 * Who answers the senders: Weir as it is, a bound that nothing can beat, and what others use, each behind {@link io.weir.simulate.defence.Defence}.
 */
@NullMarked
package io.weir.simulate.defence;

import org.jspecify.annotations.NullMarked;
