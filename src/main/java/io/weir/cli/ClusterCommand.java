package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "cluster",
        description =
                "Ask a running engine which engines there are, what each judges, copies or restores, and how far behind it is.",
        footer = {
            "",
            "Examples:",
            "  weir cluster",
            "  weir cluster --api https://engine2.example.org:8451 --token-file token"
        })
final class ClusterCommand extends ApiCommand {
    @Option(names = "--json", description = "Print the answer as the engine gives it.")
    private boolean json;

    ClusterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws InterruptedException {
        String answer = ApiClient.engine(config()).ask("GET", "/v1/cluster");
        if (json) {
            say(answer);
            return ExitCode.DONE;
        }
        JsonNode cluster = ApiClient.json(answer);
        say(String.format(
                Locale.ROOT,
                "%-28s  %-11s  %7s  %7s  %8s  %12s",
                "engine",
                "state",
                "judges",
                "copies",
                "restores",
                "events wait"));
        cluster.path("instances").forEach(instance -> say(line(instance)));
        JsonNode unjudged = cluster.path("unjudged");
        if (!unjudged.isEmpty()) {
            say("nobody judges " + unjudged.size() + " of "
                    + cluster.path("partitions").asInt() + " partitions at the moment: " + unjudged);
        }
        return ExitCode.DONE;
    }

    private static String line(JsonNode instance) {
        TreeMap<String, Integer> roles = new TreeMap<>();
        long waiting = 0;
        for (JsonNode partition : instance.path("partitions")) {
            roles.merge(partition.path("role").asText(), 1, Integer::sum);
            waiting += partition.path("eventLag").asLong();
        }
        return String.format(
                Locale.ROOT,
                "%-28s  %-11s  %7d  %7d  %8d  %,12d",
                instance.path("address").asText(),
                instance.path("state").asText(),
                roles.getOrDefault("judges", 0),
                roles.getOrDefault("copies", 0),
                roles.getOrDefault("restores", 0),
                waiting);
    }
}
