package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "status",
        description = "Print what the edge does now.",
        footer = {"", "Example:", "  weir brake status"})
final class BrakeStatusCommand extends EdgeQuestion {
    BrakeStatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        JsonNode status = ApiClient.json(edge().ask("GET", "/v1/edge"));
        status.properties()
                .forEach(one -> say(
                        String.format("%-14s %s", one.getKey(), one.getValue().asText())));
        return ExitCode.DONE;
    }
}
