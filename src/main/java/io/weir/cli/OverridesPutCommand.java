package io.weir.cli;

import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import io.weir.operator.OperatorException;
import io.weir.operator.OverrideDraft;
import io.weir.operator.Term;
import io.weir.serde.OverrideJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = {
            "Write an override; one for the same target is replaced.",
            "A sender's admin announces a larger volume to the postmaster, who agrees to it by writing it with --planned: up to that volume its mail"
                    + " is held back for no lack of record while it holds; for all else verdicts hold as before.",
            "With --file, all overrides of a YAML or JSON file: one object or a list of them, with target, action (allow, throttle or planned),"
                    + " admit, volume, from, for (such as 2d) or until, and comment. None is written unless all are good."
        },
        footer = {
            "",
            "Examples:",
            "  weir overrides put 203.0.113.7 --allow --for 2d --comment 'newsletter move, ticket 4711'",
            "  weir overrides put 2001:db8:1::/48 --throttle --for 12h --comment complaints",
            "  weir overrides put 203.0.113.7 --planned 50000 --from 2026-12-01T06:00Z --until 2026-12-03T00:00Z --comment 'newsletter, ticket 4712'",
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
            names = "--planned",
            paramLabel = "VOLUME",
            description =
                    "The sender announced so many recipients a day, and may send them at any pace. For one sender: an address, an IPv6"
                            + " sender's prefix or pool:NAME.")
    private @Nullable Long planned;

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

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "When it begins to hold, such as 2026-12-01T06:00Z. Default: now.")
    private String from = "";

    @Option(names = "--until", paramLabel = "TIME", description = "When it ends, in place of --for.")
    private String until = "";

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
        if (Stream.of(allow, throttle, planned != null).filter(given -> given).count() != 1) {
            throw CommandException.usage("give one of --allow, --throttle and --planned");
        }
        Action action = planned != null ? Action.PLANNED : allow ? Action.ALLOW : Action.THROTTLE;
        return new OverrideDraft(
                target == null ? "" : target,
                action,
                admit,
                planned == null ? 0 : planned,
                new Term(from, time, until),
                comment);
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
