package io.weir.broker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the first fatal fault. Kafka's own handlers end the process on one; that is for the command to decide, not for a library. */
final class BrokerFaults implements FaultHandlerFactory {
    private static final Logger log = LoggerFactory.getLogger(BrokerFaults.class);

    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    Optional<Throwable> fatal() {
        return Optional.ofNullable(fatal.get());
    }

    @Override
    public FaultHandler build(String name, boolean isFatal, Runnable action) {
        return (message, cause) -> {
            action.run();
            RuntimeException fault = new RuntimeException(name + ": " + message, cause);
            if (isFatal) {
                fatal.compareAndSet(null, fault);
                log.error("broker failed: {}", fault.getMessage(), cause);
            } else {
                log.warn("broker fault: {}", fault.getMessage(), cause);
            }
            return fault;
        };
    }
}
