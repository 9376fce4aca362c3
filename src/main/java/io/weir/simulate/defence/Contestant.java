package io.weir.simulate.defence;

import io.weir.simulate.scenario.Scenario;

/** What can be sent against scenarios: a strategy with its settings. */
@FunctionalInterface
public interface Contestant {
    /** Its defence of one scenario, from the begin. */
    Defence against(Scenario scenario);
}
