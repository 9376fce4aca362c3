package io.weir.cli;

import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicPlan;
import io.weir.topics.TopicSpec;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
        name = "diff",
        description = {
            "Tell what 'weir topics apply' would do, and do nothing.",
            "The exit code is 1 when there is something to do."
        },
        footer = {"", "Example:", "  weir topics diff -D bootstrap.servers=kafka1:9092"})
final class TopicsDiffCommand extends TopicsCommand {
    TopicsDiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run(TopicAdmin topics, List<TopicSpec> wanted) {
        TopicPlan plan = topics.diff(wanted);
        plan.steps().forEach(step -> say(step.describe()));
        if (plan.isDone()) {
            say(wanted.size() + " topics are as they should be");
        }
        return plan.isDone() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
