package io.weir.cli;

import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.operator.OperatorException;
import io.weir.operator.OverrideDraft;
import io.weir.serde.OverrideJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = {
            "Write an override; one for the same target is replaced.",
            "With --file, all overrides of a YAML or JSON file: one object or a list of them, with target, action (allow, throttle or planned),"
                    + " admit, volume (planned: recipients a day that were announced), from (ISO 8601), for (such as 2d) and comment. None is written unless all are good."
        },
        footer = {
            "",
            "Examples:",
            "  weir overrides put 203.0.113.7 --allow --for 2d --comment 'newsletter move, ticket 4711'",
            "  weir overrides put 2001:db8:1::/48 --throttle --for 12h --comment complaints",
            "  weir overrides put --file overrides.yaml"
        })
final class OverridesPutCommand extends ApiCommand {
    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            description = "Address, network such as 203.0.113.0/24, or pool:NAME.")
    private @Nullable String target;

    @Option(names = "--file", paramLabel = "FILE", description = "Take them from this file instead.")
    private @Nullable Path file;

    @Option(names = "--allow", description = "Its mail passes, whatever the verdict.")
    private boolean allow;

    @Option(names = "--throttle", description = "Its mail is deferred, but for a share.")
    private boolean throttle;

    @Option(
            names = "--admit",
            paramLabel = "SHARE",
            description = "With --throttle: share of attempts that passes, 0 to 1. Default: 0.01.")
    private double admit = OverrideJson.DEFAULT_ADMIT;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long it holds, such as 30m, 12h or 7d; a year at most.")
    private String time = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for whoever asks later.")
    private String comment = "";

    OverridesPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        if ((file == null) == (target == null)) {
            throw CommandException.usage("give either TARGET or --file");
        }
        List<OperatorOverride> overrides = file == null ? List.of(signed(given(), "")) : ofFile(file);
        try (Desk desk = Desk.reach(config())) {
            desk.operators().putOverrides(overrides);
            overrides.forEach(override -> say(OverridesListCommand.line(override)));
        }
        return ExitCode.DONE;
    }

    private OverrideDraft given() {
        if (allow == throttle) {
            throw CommandException.usage("give either --allow or --throttle");
        }
        return new OverrideDraft(
                target == null ? "" : target, allow ? Action.ALLOW : Action.THROTTLE, admit, 0, 0, time, comment);
    }

    private List<OperatorOverride> ofFile(Path from) {
        List<OperatorOverride> overrides = new ArrayList<>();
        for (OperatorFile.Entry entry : OperatorFile.read(from)) {
            entry.requireOnly(OverrideDraft.FIELDS);
            try {
                overrides.add(signed(OverrideDraft.read(entry.record()), entry.where() + ": "));
            } catch (OperatorException e) {
                throw CommandException.usage(entry.where() + ": " + e.getMessage(), e);
            }
        }
        return overrides;
    }

    private OperatorOverride signed(OverrideDraft draft, String where) {
        try {
            return draft.signed(RulesUpdate.author(), terminal().clock().millis());
        } catch (OperatorException e) {
            throw CommandException.usage(where + e.getMessage(), e);
        }
    }
}
