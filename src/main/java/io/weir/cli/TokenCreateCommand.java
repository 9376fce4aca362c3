package io.weir.cli;

import io.weir.config.AccessTokens;
import io.weir.config.HttpSettings;
import io.weir.config.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "create",
        description = {
            "Print a fresh token, and the line that makes it known.",
            "The token is for whoever shows it, and kept nowhere: what engines know is its SHA-256, which is enough, since nobody guesses 256"
                    + " random bits. Deleting the line takes the token back."
        },
        footer = {
            "",
            "Examples:",
            "  weir token create alice --role operate",
            "  weir token create grafana > grafana.token      # the line for http.tokens.file goes to standard error"
        })
final class TokenCreateCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "Whose it is: the author of what is changed with it.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "read: may ask. operate: may change what operators may change, too. Default: read.")
    private String role = Role.READ.label();

    TokenCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        Role wanted = Role.of(role)
                .orElseThrow(() -> CommandException.usage("--role must be one of "
                        + Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", ")) + ", got '"
                        + role
                        + "'"));
        AccessTokens.Fresh fresh = AccessTokens.create(name, wanted);
        say(fresh.token());
        remark("the line for " + HttpSettings.TOKENS_FILE + ":");
        remark(fresh.line());
        return ExitCode.DONE;
    }
}
