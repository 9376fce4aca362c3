package io.weir.cli;

import picocli.CommandLine;

@CommandLine.Command(
        name = "release",
        description = "Let verdicts be obeyed again.",
        footer = {"", "Example:", "  weir brake release"})
final class BrakeReleaseCommand extends EdgeQuestion {
    BrakeReleaseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        boolean released = ApiClient.json(edge().ask("DELETE", "/v1/edge/brake"))
                .path("released")
                .asBoolean();
        say(released ? "the brake is released: verdicts are obeyed again" : "the brake was not on");
        return ExitCode.DONE;
    }
}
