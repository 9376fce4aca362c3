package io.weir.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An expected failure of a command. The message is one line for the user: what, where, and what is allowed or to be done. */
final class CommandException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    private CommandException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message, null);
    }

    static CommandException failed(String message, Throwable cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    static CommandException usage(String message, Throwable cause) {
        return new CommandException(ExitCode.USAGE, message, cause);
    }

    static CommandException unreachable(String message) {
        return new CommandException(ExitCode.UNREACHABLE, message, null);
    }

    static CommandException unreachable(String message, Throwable cause) {
        return new CommandException(ExitCode.UNREACHABLE, message, cause);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
