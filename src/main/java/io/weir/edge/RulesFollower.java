package io.weir.edge;

import io.weir.config.TopicName;
import io.weir.model.SenderMap;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the site's rules as Kafka has them, in a thread of its own, for one who needs no verdicts: which sender an address belongs to. Starts
 * before Kafka does, and goes by what it knew while Kafka is away.
 */
final class RulesFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RulesFollower.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> clientSettings;
    private final String topic;
    private final RulesTable rules = new RulesTable();
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable TopicReader reader;

    RulesFollower(Map<String, Object> clientSettings, String namespace) {
        this.clientSettings = clientSettings;
        this.topic = TopicName.RULES.in(namespace);
        this.thread = new Thread(this::run, "rules");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether the topic has been read once, whatever was in it. */
    boolean isKnown() {
        return rules.isShown();
    }

    /** Which sender an address belongs to, by the newest rules that are known. */
    SenderMap senders() {
        return rules.senders();
    }

    private void run() {
        String told = "";
        while (!closing) {
            try (TopicReader opened =
                    new TopicReader(clientSettings, Map.of(topic, rules), VerdictReader.From.BEGINNING, TIMEOUT)) {
                reader = opened;
                follow(opened);
            } catch (WakeupException e) {
                log.debug("woken up to close");
            } catch (RuntimeException e) {
                told = tell(String.valueOf(e.getMessage()), told);
                pause();
            } finally {
                reader = null;
            }
        }
    }

    private void follow(TopicReader from) {
        rules.begin();
        boolean isWhole = false;
        while (!closing) {
            from.poll(POLL);
            isWhole = isWhole || from.caughtUp();
            if (isWhole) {
                rules.show();
            }
        }
    }

    /** Once for each reason: it is tried every second. */
    private String tell(String why, String told) {
        if (!closing && !why.equals(told)) {
            log.warn("the rules cannot be read: {}", why);
        }
        return why;
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        TopicReader open = reader;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(PAUSE.toMillis());
            // It may be waiting for an answer that does not come.
            thread.interrupt();
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
