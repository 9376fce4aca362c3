package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import io.weir.topics.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands about topics have in common: which topics, and how they should be. */
abstract class TopicsCommand extends Command {
    private static final int MOST = 1024;

    @Option(
            names = "--files",
            paramLabel = "DIRECTORY",
            description =
                    "Read the topics from the *.yaml files in here; by default from those that came with this version.")
    private @Nullable Path files;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of smtp-connections and smtp-verdicts; by default what the files say.")
    private @Nullable Integer partitions;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Copies of every partition; by default what the files say. A cluster of one broker takes 1.")
    private @Nullable Integer replicas;

    TopicsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    final ExitCode run() {
        WeirConfig config = config();
        TopicOptions options = new TopicOptions(
                config.namespace(), count("--partitions", partitions), count("--replicas", replicas), false);
        Map<TopicName, TopicSpec> read = source().read();
        try (Cluster cluster = Cluster.reach(config);
                TopicAdmin topics = cluster.topics()) {
            boolean history = cluster.holdsHistory() || !config.retentionByRecordTime();
            return run(topics, options.withHistory(history).apply(read));
        }
    }

    abstract ExitCode run(TopicAdmin topics, List<TopicSpec> wanted);

    private TopicFiles source() {
        if (files == null) {
            return TopicFiles.onClasspath();
        }
        if (!Files.isDirectory(files)) {
            throw CommandException.usage("--files " + files + " is not a directory");
        }
        return TopicFiles.in(files);
    }

    private static OptionalInt count(String option, @Nullable Integer value) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1 || value > MOST) {
            throw CommandException.usage(option + " must be 1 to " + MOST + ", got " + value);
        }
        return OptionalInt.of(value);
    }
}
