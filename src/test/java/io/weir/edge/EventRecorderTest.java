package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.MetricName;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EventRecorderTest {
    private static final long NOW = 1_795_503_060_123L;
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EdgeMeters meters = new EdgeMeters(registry);

    private static ConnectionEvent event() {
        ClientAddress client = ClientAddress.parse("203.0.113.7");
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                NOW,
                client.text(),
                client.sender(),
                Outcome.ADMITTED,
                1,
                1,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    private double dropped(String reason) {
        return registry.counter(MetricName.EVENTS_DROPPED.id(), MetricName.EVENTS_DROPPED.tags(reason))
                .count();
    }

    /** Regression: a spool that could not be opened at the start was never tried again, and the edge passed for well. */
    @Test
    void aSpoolThatCannotBeOpenedIsTriedUntilItCan() {
        AtomicInteger attempts = new AtomicInteger();
        try (EventSpool spool = EventSpool.open(directory, 1_000_000, NOW);
                EventRecorder recorder = new EventRecorder(
                        () -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new EdgeException("the disk is full", null);
                            }
                            return spool;
                        },
                        meters,
                        AT_ONCE)) {
            assertThat(recorder.isKeeping()).isFalse();
            recorder.record(event());
            recorder.start();
            await().until(() -> spool.waiting() == 1);
            assertThat(recorder.isKeeping()).isTrue();
            assertThat(recorder.isFailing()).isFalse();
            assertThat(attempts).hasValue(3);
        }
    }

    @Test
    void whatNoSpoolCouldKeepIsCountedAsLost() {
        try (EventRecorder recorder = new EventRecorder(
                () -> {
                    throw new EdgeException("the disk is full", null);
                },
                meters,
                AT_ONCE)) {
            recorder.record(event());
            recorder.start();
            await().until(recorder::isFailing);
            assertThat(recorder.isKeeping()).isFalse();
            assertThat(dropped("failed")).isZero();
        }
        assertThat(dropped("failed")).isOne();
    }

    /** No longer than it takes to see that it failed, or an edge that ends would wait for a disk. */
    @Test
    void closingDoesNotWaitForTheNextAttempt() {
        EventRecorder recorder = new EventRecorder(
                () -> {
                    throw new EdgeException("the disk is full", null);
                },
                meters,
                Duration.ofMinutes(1));
        recorder.start();
        await().until(recorder::isFailing);
        long begin = System.nanoTime();
        recorder.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
}
