package io.weir.simulate.defence;

import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.simulate.Site;
import io.weir.simulate.scenario.Surge;

/** A way to defer mail. For one scenario, from its begin to its end. */
public interface Defence extends Site {
    /** What is older than so many days makes no difference to it. */
    int memoryDays();

    /** Something other than mail happened at the site; most do not care. */
    default void tell(WeirEvent event) {}

    /** Until when a sender is held, as far as is known; 0 when it never was, or nobody can tell. */
    default long heldUntilMs(SenderKey sender) {
        return 0;
    }

    /** How long a surge takes at the pace that the sender may keep up, when nothing is lost in between; 0 when nobody can tell. */
    default long drainMs(Surge surge) {
        return 0;
    }
}
