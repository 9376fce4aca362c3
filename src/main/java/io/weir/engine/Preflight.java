package io.weir.engine;

import io.weir.config.EngineSettings;
import io.weir.config.EngineSettings.GroupProtocol;
import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks at the cluster before the engine starts, since Kafka Streams would fail deep inside and say little. */
final class Preflight {
    private static final int TIMEOUT_MS = 10_000;
    private static final String STANDBYS = "streams.num.standby.replicas";

    private final WeirConfig config;
    private final EngineTopics topics;

    private Preflight(WeirConfig config) {
        this.config = config;
        this.topics = EngineTopics.of(config);
    }

    /**
     * Looks.
     *
     * @return how many partitions the site has
     * @throws EngineException when the engine must not start
     */
    static int check(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        try (Admin admin = Admin.create(settings)) {
            Preflight preflight = new Preflight(config);
            int partitions = preflight.partitions(admin);
            preflight.standbys(admin);
            return partitions;
        }
    }

    private int partitions(Admin admin) {
        int now = required(admin, topics.connections());
        required(admin, topics.verdicts());
        required(admin, topics.deadLetters());
        String changelog = config.applicationId() + "-" + StoreNames.SENDERS + "-changelog";
        int then = partitions(admin, changelog).orElse(now);
        if (now != then) {
            throw new EngineException("topic " + topics.connections() + " has " + now + " partitions, but the state of "
                    + config.applicationId() + " was made with " + then + " (" + changelog + "); senders would lose"
                    + " their records. Give the topic " + then + " partitions again, or start anew under another "
                    + EngineSettings.APPLICATION_ID);
        }
        return now;
    }

    private int required(Admin admin, String topic) {
        return partitions(admin, topic)
                .orElseThrow(() -> new EngineException("topic " + topic + " does not exist at "
                        + config.bootstrapServers() + "; 'weir topics apply' creates it"));
    }

    private OptionalInt partitions(Admin admin, String topic) {
        try {
            Map<String, TopicDescription> found =
                    get(admin.describeTopics(List.of(topic)).allTopicNames(), "topic " + topic);
            return OptionalInt.of(
                    Objects.requireNonNull(found.get(topic)).partitions().size());
        } catch (UnknownTopicOrPartitionException e) {
            return OptionalInt.empty();
        }
    }

    /** Under the streams protocol the number of standby replicas belongs to the group; the client's setting is ignored. */
    private void standbys(Admin admin) {
        if (config.groupProtocol() != GroupProtocol.STREAMS) {
            return;
        }
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, config.applicationId());
        String wanted = Integer.toString(config.standbyReplicas());
        String what = "configuration of group " + config.applicationId();
        ConfigEntry entry = Objects.requireNonNull(
                        get(admin.describeConfigs(List.of(group)).all(), what).get(group))
                .get(STANDBYS);
        if (entry == null) {
            throw new EngineException(EngineSettings.GROUP_PROTOCOL + " = streams needs brokers of Kafka 4.2 or newer");
        }
        if (!wanted.equals(entry.value())) {
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(STANDBYS, wanted), AlterConfigOp.OpType.SET);
            get(admin.incrementalAlterConfigs(Map.of(group, List.of(set))).all(), what);
        }
    }

    private <T> T get(KafkaFuture<T> answer, String what) {
        try {
            return answer.get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            }
            throw unreachable(what, e.getCause());
        } catch (TimeoutException e) {
            throw unreachable(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while asking " + config.bootstrapServers(), e);
        }
    }

    private EngineException unreachable(String what, @Nullable Throwable cause) {
        String why =
                cause instanceof org.apache.kafka.common.errors.TimeoutException || cause instanceof TimeoutException
                        ? "no answer within " + TIMEOUT_MS / 1000 + " s"
                        : cause == null ? "unknown" : String.valueOf(cause.getMessage());
        return new EngineException("cannot read the " + what + " at " + config.bootstrapServers() + ": " + why, cause);
    }
}
