package io.weir.topics;

import io.weir.topics.TopicPlan.Alter;
import io.weir.topics.TopicPlan.Existing;
import io.weir.topics.TopicPlan.PartitionMismatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Compares a cluster's topics with what they should be, and puts them in order. */
public final class TopicAdmin implements AutoCloseable {
    private static final long SETTLE_POLL_MS = 100;

    private final Admin admin;
    private final String bootstrapServers;
    private final Duration timeout;

    /**
     * @param clientSettings Kafka's own settings; {@code bootstrap.servers} is required
     * @param timeout how long each question to the cluster may take
     * @throws TopicException when no client can be made of these settings
     */
    public TopicAdmin(Map<String, ?> clientSettings, Duration timeout) {
        this.bootstrapServers = String.valueOf(clientSettings.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.timeout = timeout;
        Map<String, Object> bounded = new HashMap<>(clientSettings);
        int millis = (int) timeout.toMillis();
        bounded.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        bounded.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        try {
            this.admin = Admin.create(bounded);
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new TopicException("cannot connect to Kafka at " + bootstrapServers + ": " + reason.getMessage(), e);
        }
    }

    /**
     * Changes nothing.
     *
     * @throws TopicException when the cluster cannot be asked
     */
    public TopicPlan diff(List<TopicSpec> wanted) {
        return TopicPlan.between(wanted, existing(wanted));
    }

    /**
     * Creates and alters until the cluster's topics are as wanted and every client can see them. Does nothing at all when one of them has
     * another number of partitions. Others may do the same at the same time.
     *
     * @return what was found to be done
     * @throws TopicException when a topic is refused, or the cluster cannot be asked or does not comply
     */
    public TopicPlan apply(List<TopicSpec> wanted) {
        TopicPlan first = diff(wanted);
        TopicPlan plan = first;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!plan.isDone()) {
            refuse(plan);
            create(plan.creates());
            alter(plan.alters());
            pause(deadline, plan);
            plan = diff(wanted);
        }
        if (!first.creates().isEmpty()) {
            askLeaders(first.creates());
        }
        return first;
    }

    /**
     * Returns when every partition's leader answers. A broker that does not know yet that it leads a partition refuses an idempotent
     * producer's first batch and may take the second, after which the first is never taken.
     */
    private void askLeaders(List<TopicSpec> created) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicSpec spec : created) {
            for (int partition = 0; partition < spec.partitions(); partition++) {
                ends.put(new TopicPartition(spec.topic(), partition), OffsetSpec.latest());
            }
        }
        await("tell the ends of new topics", admin.listOffsets(ends).all(), null);
    }

    private static void refuse(TopicPlan plan) {
        if (!plan.refusals().isEmpty()) {
            throw new TopicException(plan.refusals().stream()
                    .map(PartitionMismatch::describe)
                    .collect(Collectors.joining("; ", "nothing was changed: ", "")));
        }
    }

    private Map<String, Existing> existing(List<TopicSpec> wanted) {
        List<String> names = wanted.stream().map(TopicSpec::topic).toList();
        Map<String, TopicDescription> descriptions = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((topic, future) -> {
            TopicDescription description = await("describe " + topic, future, UnknownTopicOrPartitionException.class);
            if (description != null) {
                descriptions.put(topic, description);
            }
        });
        Map<String, Existing> existing = new HashMap<>();
        admin.describeConfigs(resources(descriptions.keySet())).values().forEach((resource, future) -> {
            Config config = await("describe " + resource.name(), future, UnknownTopicOrPartitionException.class);
            TopicDescription description = descriptions.get(resource.name());
            if (config != null && description != null) {
                existing.put(resource.name(), existing(description, config));
            }
        });
        return existing;
    }

    private static List<ConfigResource> resources(Collection<String> topics) {
        return topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
    }

    private static Existing existing(TopicDescription description, Config config) {
        Map<String, String> values = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        int replicas = description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return new Existing(description.partitions().size(), replicas, values);
    }

    private void create(List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(spec.topic(), spec.partitions(), spec.replicas()).configs(spec.config()))
                .toList();
        // Existing by now: somebody else was quicker, or the broker that we ask has not heard of our own yet.
        admin.createTopics(topics)
                .values()
                .forEach((topic, future) -> await("create " + topic, future, TopicExistsException.class));
    }

    private void alter(Map<String, List<Alter>> alters) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        alters.forEach((topic, steps) -> {
            List<AlterConfigOp> ops = new ArrayList<>();
            for (Alter step : steps) {
                ops.add(new AlterConfigOp(new ConfigEntry(step.key(), step.to()), AlterConfigOp.OpType.SET));
            }
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), ops);
        });
        admin.incrementalAlterConfigs(changes)
                .values()
                .forEach((resource, future) ->
                        await("alter " + resource.name(), future, UnknownTopicOrPartitionException.class));
    }

    /**
     * @param tolerated null for none
     * @return null when the cluster answered with the tolerated error
     */
    private <T> @Nullable T await(String what, KafkaFuture<T> future, @Nullable Class<? extends Throwable> tolerated) {
        try {
            // The client's own timeout comes first; this one guards against its failing.
            return future.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            if (tolerated != null && tolerated.isInstance(reason)) {
                return null;
            }
            throw reason instanceof TimeoutException
                    ? unreachable(reason)
                    : new TopicException(
                            "Kafka at " + bootstrapServers + " refused to " + what + ": " + reason.getMessage(),
                            reason);
        } catch (java.util.concurrent.TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while waiting for Kafka at " + bootstrapServers, e);
        }
    }

    private TopicException unreachable(Throwable reason) {
        return new TopicException(
                "Kafka at " + bootstrapServers + " did not answer within " + timeout.toSeconds()
                        + " s; is it running, and is bootstrap.servers right?",
                reason);
    }

    private void pause(long deadline, TopicPlan plan) {
        if (System.nanoTime() > deadline) {
            throw new TopicException("Kafka at " + bootstrapServers + " did not take the changes within "
                    + timeout.toSeconds() + " s; still to do: " + plan.toDo());
        }
        try {
            Thread.sleep(SETTLE_POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while waiting for Kafka at " + bootstrapServers, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
