package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import io.weir.edge.EventSpool.Pending;
import io.weir.engine.DuplicateRule;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EventSenderTest {
    private static final long NOW = 1_795_503_060_123L;

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<ProducerRecord<byte[], byte[]>> partition = new CopyOnWriteArrayList<>();
    /** How often handing over fails, as it does after 15 s while Kafka is away. */
    private final AtomicInteger failures = new AtomicInteger();

    private final class Kafka extends MockProducer<byte[], byte[]> {
        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> event) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return CompletableFuture.failedFuture(new TimeoutException("no metadata after 15000 ms"));
            }
            partition.add(event);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static Pending event(int number) {
        return new Pending(
                NOW + number,
                "203.0.113.0/24",
                edgeSeq -> ByteBuffer.allocate(Long.BYTES).putLong(edgeSeq).array());
    }

    /** What the engine counts of that which was written to it. */
    private List<Long> counted() {
        DuplicateRule engine = new DuplicateRule();
        return partition.stream()
                .filter(event ->
                        engine.counts("mx1", ByteBuffer.wrap(event.value()).getLong(), event.timestamp()))
                .map(ProducerRecord::timestamp)
                .toList();
    }

    /** Regression: what failed was written after what came behind it, and the engine dropped it as sent before. */
    @Test
    void kafkaThatReturnsWhileEventsAreHandedOverLosesNone() {
        failures.set(2);
        EdgeMeters meters = new EdgeMeters(registry);
        try (EventSpool spool = EventSpool.open(directory.resolve("spool"), 1_000_000, NOW);
                EventSender sender = new EventSender(
                        spool,
                        new EventProducer(Kafka::new, "smtp-connections"),
                        new RefusedEvents(directory.resolve("refused")),
                        meters)) {
            spool.add(IntStream.range(0, 10).mapToObj(EventSenderTest::event).toList());
            sender.start();
            await().until(() -> spool.waiting() == 0);
        }
        assertThat(counted())
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> NOW + i).toList());
        assertThat(registry.counter(MetricName.EVENTS_WRITTEN.id()).count()).isEqualTo(10);
    }
}
