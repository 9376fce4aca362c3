package io.weir.cli;

import io.weir.broker.EmbeddedBrokerException;
import io.weir.config.WeirConfigException;
import io.weir.demo.DemoException;
import io.weir.edge.EdgeException;
import io.weir.edge.policy.PolicyServerException;
import io.weir.engine.EngineException;
import io.weir.http.HttpServerException;
import io.weir.operator.OperatorException;
import io.weir.throttle.RulesException;
import io.weir.topics.TopicException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says every failure in one line. */
final class Failures {
    private Failures() {}

    /** One failure, in the user's words. */
    record Failure(ExitCode exitCode, String line) {
        Failure {
            line = line.replaceAll("\\s*[\\r\\n]+\\s*", " ");
        }
    }

    /** What a command threw. */
    static Failure of(Throwable thrown) {
        if (thrown instanceof CommandException expected) {
            return new Failure(expected.exitCode(), messageOf(thrown));
        }
        if (thrown instanceof WeirConfigException || thrown instanceof RulesException) {
            return new Failure(ExitCode.USAGE, messageOf(thrown));
        }
        if (thrown instanceof OperatorException wrong) {
            return new Failure(code(wrong.kind()), messageOf(thrown));
        }
        if (thrown instanceof EmbeddedBrokerException
                || thrown instanceof TopicException
                || thrown instanceof DemoException
                || thrown instanceof EngineException
                || thrown instanceof EdgeException
                || thrown instanceof PolicyServerException
                || thrown instanceof HttpServerException) {
            return new Failure(ExitCode.FAILED, messageOf(thrown));
        }
        if (thrown instanceof TimeoutException || thrown instanceof AuthenticationException) {
            return new Failure(ExitCode.UNREACHABLE, "Kafka did not answer as it should: " + messageOf(thrown));
        }
        if (thrown instanceof InterruptedException || thrown instanceof InterruptException) {
            return new Failure(ExitCode.FAILED, "ended before it was done");
        }
        if (thrown instanceof IOException io) {
            return new Failure(ExitCode.FAILED, ofFile(io));
        }
        return new Failure(
                ExitCode.FAILED,
                "unexpected " + thrown.getClass().getSimpleName() + ": " + messageOf(thrown)
                        + "; --debug shows where it comes from");
    }

    private static ExitCode code(OperatorException.Kind kind) {
        return switch (kind) {
            case INVALID -> ExitCode.USAGE;
            case MISSING, CONFLICT, FORBIDDEN -> ExitCode.FAILED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    /** Why a file could not be used, in words; names the file when the failure does. */
    static String ofFile(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        return messageOf(e);
    }

    /** What is wrong with a command line. */
    static Failure ofCommandLine(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String help = "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String line = unmatched(command, unmatched);
            return new Failure(ExitCode.USAGE, line.endsWith("?") ? line : line + help);
        }
        if (wrong instanceof MissingParameterException missing) {
            List<String> labels =
                    missing.getMissing().stream().map(Failures::label).toList();
            return new Failure(ExitCode.USAGE, "missing " + String.join(" ", labels) + help);
        }
        return new Failure(
                ExitCode.USAGE,
                lowerCaseFirst(messageOf(wrong)).replace("is not an int", "is not a whole number") + help);
    }

    private static String label(ArgSpec missing) {
        return missing instanceof OptionSpec option
                ? option.paramLabel() + " after " + option.longestName()
                : missing.paramLabel();
    }

    private static String unmatched(CommandLine command, UnmatchedArgumentException wrong) {
        String first = wrong.getUnmatched().get(0);
        if (first.startsWith("-")) {
            return "unknown option " + first + proposal(wrong.getSuggestions(), "");
        }
        if (!command.getSubcommands().isEmpty()) {
            String prefix = command.getCommandSpec().qualifiedName() + " ";
            return "unknown command '" + first + "'" + proposal(wrong.getSuggestions(), prefix);
        }
        return "unexpected argument '" + first + "'";
    }

    private static String proposal(List<String> near, String prefix) {
        return near.isEmpty() ? "" : "; did you mean '" + withPrefix(prefix, near.get(0)) + "'?";
    }

    private static String withPrefix(String prefix, String name) {
        return name.startsWith(prefix) ? name : prefix + name;
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    private static String lowerCaseFirst(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
