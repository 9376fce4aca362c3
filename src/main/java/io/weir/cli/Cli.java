package io.weir.cli;

import io.weir.cli.Failures.Failure;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** All commands, and how each of them ends: with an answer on standard output, or with one line on standard error. */
final class Cli {
    private final Terminal terminal;

    Cli(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command line and returns its exit code. */
    int run(String... args) {
        int code = commands().execute(args);
        terminal.out().flush();
        return code;
    }

    CommandLine commands() {
        CommandLine weir = new CommandLine(new Root());
        weir.addSubcommand(new DemoCommand(terminal));
        weir.addSubcommand(new UpCommand(terminal));
        weir.addSubcommand(new ReplayCommand(terminal));
        weir.addSubcommand(new CollectCommand(terminal));
        weir.addSubcommand(new EngineCommand(terminal));
        weir.addSubcommand(new EdgeCommand(terminal));
        weir.addSubcommand(new CommandLine(new TopicsCommands())
                .addSubcommand(new TopicsApplyCommand(terminal))
                .addSubcommand(new TopicsDiffCommand(terminal)));
        weir.addSubcommand(new CommandLine(new RulesCommands())
                .addSubcommand(new RulesShowCommand(terminal))
                .addSubcommand(new RulesApplyCommand(terminal))
                .addSubcommand(new RulesHistoryCommand(terminal))
                .addSubcommand(new RulesKeysCommand(terminal)));
        weir.addSubcommand(new CommandLine(new PoolsCommands())
                .addSubcommand(new PoolsListCommand(terminal))
                .addSubcommand(new PoolsPutCommand(terminal))
                .addSubcommand(new PoolsImportCommand(terminal))
                .addSubcommand(new PoolsDeleteCommand(terminal)));
        weir.addSubcommand(new EnforceCommand(terminal));
        weir.addSubcommand(new ShadowCommand(terminal));
        weir.addSubcommand(new GapCommand(terminal));
        weir.addSubcommand(new AmendCommand(terminal));
        weir.addSubcommand(new CommandLine(new OverridesCommands())
                .addSubcommand(new OverridesListCommand(terminal))
                .addSubcommand(new OverridesPutCommand(terminal))
                .addSubcommand(new OverridesDeleteCommand(terminal)));
        weir.addSubcommand(new CommandLine(new ConnectorsCommands())
                .addSubcommand(new ConnectorsListCommand(terminal))
                .addSubcommand(new ConnectorsPutCommand(terminal))
                .addSubcommand(new ConnectorsDeleteCommand(terminal))
                .addSubcommand(new ConnectorsValidateCommand(terminal)));
        weir.addSubcommand(new CommandLine(new BrakeCommands())
                .addSubcommand(new BrakeStatusCommand(terminal))
                .addSubcommand(new BrakeReleaseCommand(terminal)));
        weir.addSubcommand(new ProbeCommand(terminal));
        weir.addSubcommand(new ExplainCommand(terminal));
        weir.addSubcommand(new SendersCommand(terminal));
        weir.addSubcommand(new VerdictsCommand(terminal));
        weir.addSubcommand(new ClusterCommand(terminal));
        weir.addSubcommand(new SimulateCommand(terminal));
        weir.addSubcommand(new ScoreboardCommand(terminal));
        weir.addSubcommand(new CommandLine(new TokenCommands()).addSubcommand(new TokenCreateCommand(terminal)));
        weir.addSubcommand(new ConfigCommand(terminal));
        weir.setOut(writer(terminal.out()));
        weir.setErr(writer(terminal.err()));
        weir.setParameterExceptionHandler((wrong, args) -> fail(Failures.ofCommandLine(wrong)));
        weir.setExecutionExceptionHandler(this::failed);
        // Without a command there is nothing to do but to say what there is.
        weir.setExecutionStrategy(this::execute);
        explain(weir);
        return weir;
    }

    private int execute(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.subcommand() != null) {
            last = last.subcommand();
        }
        CommandLine command = last.commandSpec().commandLine();
        if (command.isUsageHelpRequested()
                || command.isVersionHelpRequested()
                || command.getSubcommands().isEmpty()) {
            return new CommandLine.RunLast().execute(parsed);
        }
        command.usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    private int failed(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof UnheardException) {
            return ExitCode.DONE.number();
        }
        if (command.getCommand() instanceof Command ours && ours.isDebug()) {
            thrown.printStackTrace(terminal.err());
        }
        return fail(Failures.of(thrown));
    }

    private int fail(Failure failure) {
        terminal.out().flush();
        terminal.err().println("weir: " + failure.line());
        return failure.exitCode().number();
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static void explain(CommandLine command) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.number()), code.meaning());
        }
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
        command.getSubcommands().values().forEach(Cli::explain);
    }
}
