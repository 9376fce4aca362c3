package io.weir.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.explain.Bounce;
import io.weir.explain.Explainer;
import io.weir.explain.Explanation;
import io.weir.explain.PlainText;
import io.weir.explain.Question;
import io.weir.explain.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "explain",
        description = {
            "Tell what a bounce means, whose it is, and what to do about it.",
            "Takes a bounce in any shape: a line such as '451 4.7.500 ...', a whole bounce message (.eml), the output of 'postqueue -j', a line of"
                    + " a mail log, a case. A running engine is asked for what is known of the case; without one, what the code means is"
                    + " explained all the same. At most 256 kB are read."
        },
        footer = {
            "",
            "Examples:",
            "  weir explain bounce.eml",
            "  weir explain '451 4.7.500 [203.0.113.7] temporarily rate limited ... (AS510)'",
            "  postqueue -j | weir explain -",
            "  weir explain K7Q2MKX4A9PD31WZ --wanted 20000"
        })
final class ExplainCommand extends ApiCommand {
    private static final String STANDARD_INPUT = "-";
    private static final int LONGEST_NAME = 4_096;

    @Parameters(
            paramLabel = "FILE|TEXT",
            arity = "0..*",
            description = "A file, '-' for standard input (which is read when nothing is given), or the text itself.")
    private List<String> given = new ArrayList<>();

    @Option(
            names = "--wanted",
            paramLabel = "RECIPIENTS",
            description = "Say from which day on so many recipients a day are free.")
    private @Nullable Long wanted;

    @Option(names = "--offline", description = "Ask no engine.")
    private boolean offline;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        byte[] pasted = pasted();
        if (pasted.length == 0) {
            throw CommandException.usage("there is nothing to explain: give a FILE, '-' or the text of a bounce");
        }
        requireWanted();
        String answer = offline ? null : asked(pasted);
        say(answer == null ? explained(pasted) : answer.stripTrailing());
        return ExitCode.DONE;
    }

    private void requireWanted() {
        if (wanted != null && (wanted < 1 || wanted > Question.MOST_WANTED)) {
            throw CommandException.usage("--wanted must be 1 to " + Question.MOST_WANTED + ", got " + wanted);
        }
    }

    /** What the engine says; null when there is none that answers, and nobody said that there is. */
    private @Nullable String asked(byte[] pasted) throws InterruptedException {
        try {
            ApiClient engine = ApiClient.engine(config());
            return engine.post(
                    "/v1/explain" + (wanted == null ? "" : "?wanted=" + wanted),
                    pasted,
                    json ? "application/json" : "text/plain");
        } catch (CommandException e) {
            if (config().apiUrl().isPresent() || e.exitCode() == ExitCode.USAGE) {
                throw e;
            }
            remark("weir: " + e.getMessage() + "; explained without it");
            return null;
        }
    }

    private String explained(byte[] pasted) {
        Explanation explanation = Explainer.explain(Question.offline(
                Bounce.parse(pasted),
                Site.of(config().helpHosts(), config().helpUrl().orElse(null))));
        if (!json) {
            return PlainText.of(explanation);
        }
        try {
            return new ObjectMapper()
                    .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                    .writeValueAsString(explanation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an explanation is plain values", e);
        }
    }

    private byte[] pasted() {
        if (given.isEmpty() || given.equals(List.of(STANDARD_INPUT))) {
            return read(System.in, "standard input");
        }
        Path file = given.size() == 1 ? file(given.get(0)) : null;
        if (file == null) {
            return String.join(" ", given).getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Text has blanks where a name has none, mostly; what is there as a file is meant as one. */
    private static @Nullable Path file(String argument) {
        try {
            Path path = argument.length() > LONGEST_NAME ? null : Path.of(argument);
            return path != null && Files.isRegularFile(path) ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static byte[] read(InputStream in, String name) {
        try {
            return in.readNBytes(Bounce.MOST_BYTES);
        } catch (IOException e) {
            throw CommandException.usage(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
