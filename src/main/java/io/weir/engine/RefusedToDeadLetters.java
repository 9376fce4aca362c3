package io.weir.engine;

import io.weir.serde.MalformedRecordException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A record that the judge cannot read or refuses goes to the dead-letter topic, and the engine goes on; any other failure (a full disk, a broken store)
 * stops the engine before the event counts. Public since Kafka Streams makes it.
 */
public final class RefusedToDeadLetters implements ProcessingExceptionHandler {
    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetters.of(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return exception instanceof RefusedEventException || exception instanceof MalformedRecordException
                ? Response.resume(Objects.requireNonNull(deadLetters).of(context, exception))
                : Response.fail(List.of());
    }
}
