package io.weir.topics;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What separates a cluster's topics from what they should be; pure. Topics and settings that no file mentions are the cluster's affair. */
public record TopicPlan(List<Step> steps) {
    public TopicPlan {
        steps = List.copyOf(steps);
    }

    /** A topic as a cluster has it; {@code config} holds the values in effect, defaults included. */
    public record Existing(int partitions, int replicas, Map<String, String> config) {
        public Existing {
            config = Map.copyOf(config);
        }
    }

    /** One difference. */
    public sealed interface Step {
        String topic();

        /** One line for an operator. */
        String describe();
    }

    /** The topic is missing. */
    public record Create(TopicSpec spec) implements Step {
        @Override
        public String topic() {
            return spec.topic();
        }

        @Override
        public String describe() {
            return "create " + topic() + ": partitions=" + spec.partitions() + " replicas=" + spec.replicas() + " "
                    + spec.config();
        }
    }

    /** One setting differs. */
    public record Alter(String topic, String key, String from, String to) implements Step {
        @Override
        public String describe() {
            return "alter " + topic + ": " + key + "=" + to + ", is " + from;
        }
    }

    /** Nothing but a new topic can mend this: the state of every sender hangs on the number of partitions. */
    public record PartitionMismatch(String topic, int actual, int wanted) implements Step {
        @Override
        public String describe() {
            return "refuse " + topic + ": it has " + actual + " partitions and should have " + wanted
                    + "; records would move away from their senders' state, so this is never changed. Use another namespace, or "
                    + actual + " partitions";
        }
    }

    /** Moving replicas is a reassignment, which is the cluster's operators' to plan. */
    public record ReplicasDiffer(String topic, int actual, int wanted) implements Step {
        @Override
        public String describe() {
            return "note " + topic + ": it has " + actual + " replicas and should have " + wanted
                    + "; kafka-reassign-partitions changes that";
        }
    }

    public static TopicPlan between(List<TopicSpec> wanted, Map<String, Existing> actual) {
        List<Step> steps = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            Existing existing = actual.get(spec.topic());
            if (existing == null) {
                steps.add(new Create(spec));
            } else {
                compare(spec, existing, steps);
            }
        }
        return new TopicPlan(steps);
    }

    private static void compare(TopicSpec spec, Existing existing, List<Step> steps) {
        if (existing.partitions() != spec.partitions()) {
            steps.add(new PartitionMismatch(spec.topic(), existing.partitions(), spec.partitions()));
        }
        if (existing.replicas() != spec.replicas()) {
            steps.add(new ReplicasDiffer(spec.topic(), existing.replicas(), spec.replicas()));
        }
        spec.config().forEach((key, value) -> {
            String is = existing.config().getOrDefault(key, "");
            if (!isSame(is, value)) {
                steps.add(new Alter(spec.topic(), key, is, value));
            }
        });
    }

    /** 0.10 is 0.1: a broker may print a number otherwise than a file does. */
    private static boolean isSame(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        try {
            return new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Whether applying it would do nothing. */
    public boolean isDone() {
        return creates().isEmpty() && alters().isEmpty() && refusals().isEmpty();
    }

    /** What applying it would do, one line. */
    String toDo() {
        return steps.stream()
                .filter(step -> !(step instanceof ReplicasDiffer))
                .map(Step::describe)
                .collect(Collectors.joining("; "));
    }

    public List<TopicSpec> creates() {
        return of(Create.class).stream().map(Create::spec).toList();
    }

    /** By topic. */
    public Map<String, List<Alter>> alters() {
        Map<String, List<Alter>> byTopic = new TreeMap<>();
        of(Alter.class)
                .forEach(alter -> byTopic.computeIfAbsent(alter.topic(), topic -> new ArrayList<>())
                        .add(alter));
        return byTopic;
    }

    public List<PartitionMismatch> refusals() {
        return of(PartitionMismatch.class);
    }

    private <T extends Step> List<T> of(Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
