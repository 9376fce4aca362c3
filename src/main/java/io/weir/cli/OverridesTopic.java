package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.OperatorOverride;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** {@code smtp-overrides} of a namespace: one record for each target, which is its key. */
final class OverridesTopic {
    private static final int PATIENCE_SECONDS = 30;

    private final Cluster cluster;

    OverridesTopic(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All there are, expired ones too, in the order of their targets; what cannot be read is left out, as edges do. */
    Collection<OperatorOverride> all() {
        Map<String, OperatorOverride> all = new TreeMap<>();
        cluster.read(topic(), found -> {
            if (found.key() == null) {
                return;
            }
            String target = new String(found.key(), StandardCharsets.UTF_8);
            if (found.value() == null) {
                all.remove(target);
                return;
            }
            try {
                all.put(target, OverrideJson.read(found.value()));
            } catch (MalformedOverrideException e) {
                all.remove(target);
            }
        });
        return all.values();
    }

    void put(OperatorOverride override) {
        write(override.target(), OverrideJson.write(override), override.createdAtMs());
    }

    void delete(String target, long nowMs) {
        write(target, null, nowMs);
    }

    private void write(String target, byte @Nullable [] value, long atMs) {
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic(), null, atMs, target.getBytes(StandardCharsets.UTF_8), value))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw CommandException.failed("the override was not written: " + reason.getMessage(), e);
        } catch (TimeoutException e) {
            throw CommandException.unreachable(
                    "Kafka at " + cluster.config().bootstrapServers() + " did not take the override within "
                            + PATIENCE_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the override was written", e);
        }
    }

    private String topic() {
        return TopicName.OVERRIDES.in(cluster.config().namespace());
    }
}
