package io.weir.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A small topic that operators write: one record for each key, the last one counts, and a tombstone takes it back. */
final class CompactedTopic {
    private static final int PATIENCE_SECONDS = 30;

    private final Cluster cluster;
    private final String name;
    private final String what;

    /** @param what what a record is, for error messages: "override" */
    CompactedTopic(Cluster cluster, String name, String what) {
        this.cluster = cluster;
        this.name = name;
        this.what = what;
    }

    /** Hands over every record, in its order; the value is null for a tombstone. */
    void read(BiConsumer<String, byte @Nullable []> sink) {
        cluster.read(name, found -> {
            if (found.key() != null) {
                sink.accept(new String(found.key(), StandardCharsets.UTF_8), found.value());
            }
        });
    }

    void write(String key, byte @Nullable [] value, long atMs) {
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            producer.send(new ProducerRecord<>(name, null, atMs, key.getBytes(StandardCharsets.UTF_8), value))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw CommandException.failed("the " + what + " was not written: " + reason.getMessage(), e);
        } catch (TimeoutException e) {
            throw CommandException.unreachable(
                    "Kafka at " + cluster.config().bootstrapServers() + " did not take the " + what + " within "
                            + PATIENCE_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the " + what + " was written", e);
        }
    }
}
