package io.weir.replay.report;

import io.weir.replay.SimulatedMonth;
import io.weir.replay.offline.Assumptions;
import io.weir.replay.offline.Learning;
import io.weir.replay.offline.Replayed;
import io.weir.replay.offline.RetryModel;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Way;
import io.weir.throttle.Rules;
import java.util.List;
import java.util.Map;

/** Pages of a made-up month. */
final class Pages {
    static final SimulatedMonth MONTH = new SimulatedMonth(5, 60, 12);

    private Pages() {}

    static ReportPage of(Way way, String... sources) {
        Rules rules = Learning.rules(Map.of(), way, 14, SimulatedMonth.START_MS, SimulatedMonth.at(28, 0));
        Setup setup = Setup.of(way, Replayed.SECRET, rules, RetryModel.POSTFIX);
        Replayed replayed = Replayed.of(setup, MONTH.mail());
        return new ReportPage(
                setup,
                rules,
                replayed.tally(),
                replayed.tracks(),
                Assumptions.of(setup, rules, SimulatedMonth.START_MS, SimulatedMonth.at(28, 0)),
                List.of(sources));
    }
}
