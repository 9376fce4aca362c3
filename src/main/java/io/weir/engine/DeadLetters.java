package io.weir.engine;

import io.weir.serde.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the records of the dead-letter topic: raw key and value, and in headers what is wrong and where the record lay. The headers are
 * those of Kafka Streams' own handler, which would log a stack trace for each record and count nothing.
 */
final class DeadLetters {
    /** Where the handler, which Kafka Streams makes by class name, finds it. */
    static final String CONFIG = "weir.internal.dead.letters";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final String PREFIX = "__streams.errors.";
    private static final long LOG_EVERY_MS = 10_000;
    private static final int MOST_MESSAGE = 500;

    private final String topic;
    private final EngineMetrics metrics;
    private final LongSupplier clockMs;
    private long lastLoggedMs = Long.MIN_VALUE;
    private long unlogged;

    /** @param clockMs decides how often a line is logged, and nothing else */
    DeadLetters(String topic, EngineMetrics metrics, LongSupplier clockMs) {
        this.topic = topic;
        this.metrics = metrics;
        this.clockMs = clockMs;
    }

    static DeadLetters of(Map<String, ?> configs) {
        if (configs.get(CONFIG) instanceof DeadLetters deadLetters) {
            return deadLetters;
        }
        throw new IllegalStateException(CONFIG + " is not set; only the engine sets it");
    }

    List<ProducerRecord<byte[], byte[]>> of(ErrorHandlerContext context, Exception exception) {
        DeadLetterReason reason = reason(exception);
        metrics.deadLetter(reason);
        String message = shortened(exception.getMessage());
        logNowAndThen(context, reason, message);
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic, null, Math.max(0, context.timestamp()), context.sourceRawKey(), context.sourceRawValue());
        if (context.headers() != null) {
            context.headers().forEach(letter.headers()::add);
        }
        header(letter, PREFIX + "exception", exception.getClass().getName());
        header(letter, PREFIX + "message", message);
        header(letter, PREFIX + "topic", context.topic());
        header(letter, PREFIX + "partition", Integer.toString(context.partition()));
        header(letter, PREFIX + "offset", Long.toString(context.offset()));
        header(letter, "weir.reason", reason.label());
        return List.of(letter);
    }

    private static DeadLetterReason reason(Exception exception) {
        if (exception instanceof RefusedEventException refused) {
            return refused.reason();
        }
        return exception instanceof MalformedRecordException ? DeadLetterReason.MALFORMED : DeadLetterReason.FAILED;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void logNowAndThen(ErrorHandlerContext context, DeadLetterReason reason, String message) {
        long now = clockMs.getAsLong();
        if (lastLoggedMs != Long.MIN_VALUE && now - lastLoggedMs < LOG_EVERY_MS) {
            unlogged++;
            return;
        }
        log.warn(
                "dead letter ({}) {}-{}@{}: {}{}",
                reason.label(),
                context.topic(),
                context.partition(),
                context.offset(),
                message,
                unlogged == 0 ? "" : "; " + unlogged + " more since the last such line");
        lastLoggedMs = now;
        unlogged = 0;
    }

    private static String shortened(@Nullable String message) {
        String text = String.valueOf(message);
        return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE) + "...";
    }
}
