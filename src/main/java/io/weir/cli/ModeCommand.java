package io.weir.cli;

import io.weir.model.Mode;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** Sets the mode of one reason or of all. */
abstract class ModeCommand extends Command {
    private static final String ALL = "all";

    private final Mode mode;

    @Parameters(
            paramLabel = "REASON",
            description = "Id of a reason, or 'all'; 'weir rules keys' lists them after 'mode.'.")
    private String reason = "";

    ModeCommand(Terminal terminal, Mode mode) {
        super(terminal);
        this.mode = mode;
    }

    @Override
    ExitCode run() {
        List<Reason> reasons = reasons();
        try (Cluster cluster = Cluster.reach(config())) {
            new RulesUpdate(cluster, terminal()).apply(before -> changed(before, reasons));
            return ExitCode.DONE;
        }
    }

    final Rules changed(Rules before, List<Reason> reasons) {
        Map<String, String> settings = new HashMap<>(before.settings());
        reasons.forEach(one -> settings.put(RulesFile.modeKey(one), mode.label()));
        return Rules.of(settings);
    }

    final List<Reason> reasons() {
        if (reason.equals(ALL)) {
            return List.of(Reason.values());
        }
        return List.of(Reason.of(reason)
                .orElseThrow(() -> CommandException.usage("unknown reason '" + reason + "'; allowed are "
                        + Arrays.stream(Reason.values()).map(Reason::id).collect(Collectors.joining(", "))
                        + " and all")));
    }
}
