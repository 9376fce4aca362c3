package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.throttle.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Changes the rules in force, and says what that changes. */
final class RulesUpdate {
    private final Cluster cluster;
    private final Terminal terminal;

    RulesUpdate(Cluster cluster, Terminal terminal) {
        this.cluster = cluster;
        this.terminal = terminal;
    }

    /** Writes nothing when the change changes nothing. */
    void apply(UnaryOperator<Rules> change) {
        RulesTopic topic = new RulesTopic(cluster);
        Rules before = topic.current().map(Entry::rules).orElse(Rules.DEFAULTS);
        Rules after = change.apply(before);
        List<String> changes = changes(before, after);
        if (changes.isEmpty()) {
            terminal.out().println("rules " + before.id() + " say so already; nothing was written");
            return;
        }
        long at = new ControlRecords(cluster).nowMs(terminal.clock());
        int partitions = topic.write(after, author(), at);
        changes.forEach(terminal.out()::println);
        terminal.out()
                .println("rules " + after.id() + " are in force from " + Instant.ofEpochMilli(at) + " in " + partitions
                        + " partitions");
        if (after.learning(at)) {
            terminal.out()
                    .println("the site learns until " + Instant.ofEpochMilli(after.learnUntilMs())
                            + "; until then there are no verdicts");
        }
    }

    /** One line per rule that differs. */
    static List<String> changes(Rules before, Rules after) {
        List<String> changes = new ArrayList<>();
        TreeSet<String> keys = new TreeSet<>(after.settings().keySet());
        keys.addAll(before.settings().keySet());
        for (String key : keys) {
            String was = before.settings().getOrDefault(key, "");
            String is = after.settings().getOrDefault(key, "");
            if (!was.equals(is)) {
                changes.add(key + ": " + shown(was) + " -> " + shown(is));
            }
        }
        return changes;
    }

    /** Whoever runs the command, as the operating system knows them. */
    static String author() {
        return "operator " + System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._@-]", "?");
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(empty)" : value;
    }
}
