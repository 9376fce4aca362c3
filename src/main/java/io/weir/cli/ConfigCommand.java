package io.weir.cli;

import io.weir.config.SettingsText;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "config",
        description = "Print every setting: type, default, meaning, and the value in force where one was given.",
        footer = {
            "",
            "Examples:",
            "  weir config",
            "  weir config --config weir.properties -D http.port=0",
            "  weir config --markdown > settings.md"
        })
final class ConfigCommand extends Command {
    @Option(names = "--markdown", description = "Print the settings' documentation instead, as Markdown tables.")
    private boolean markdown;

    ConfigCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        String text = SettingsText.plain(config());
        terminal().out().print(markdown ? SettingsText.markdown() : text);
        return ExitCode.DONE;
    }
}
