package io.weir.demo;

import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaFuture;

/** What all Kafka clients of the demo have in common. */
final class Clients {
    static final int TIMEOUT_MS = 20_000;

    private Clients() {}

    static Map<String, Object> settings(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put("enable.metrics.push", "false");
        return settings;
    }

    /** Waits for an answer that is due at once: the broker is in this process. */
    static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new DemoException("the broker refused: " + reason.getMessage(), reason);
        } catch (TimeoutException e) {
            throw new DemoException("the broker did not answer within " + TIMEOUT_MS / 1000 + " s", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static DemoException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new DemoException("the demo was interrupted", e);
    }
}
