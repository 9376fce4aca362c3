package io.weir.cli;

import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicPlan;
import io.weir.topics.TopicSpec;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
        name = "apply",
        description = {
            "Create the topics that are missing and set right what differs.",
            "Another number of partitions is refused before anything is changed."
        },
        footer = {
            "",
            "Examples:",
            "  weir topics apply -D bootstrap.servers=kafka1:9092",
            "  weir topics apply --partitions 4 --replicas 1 --namespace trial"
        })
final class TopicsApplyCommand extends TopicsCommand {
    TopicsApplyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run(TopicAdmin topics, List<TopicSpec> wanted) {
        TopicPlan done = topics.apply(wanted);
        done.steps().forEach(step -> say(step.describe()));
        say(wanted.size() + " topics are as they should be");
        return ExitCode.DONE;
    }
}
