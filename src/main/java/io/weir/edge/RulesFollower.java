package io.weir.edge;

import io.weir.config.TopicName;
import io.weir.model.SenderMap;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the site's rules as Kafka has them, in a thread of its own, for one who needs no verdicts: which sender an address belongs to. Starts
 * before Kafka does, and goes by what it knew while Kafka is away.
 */
final class RulesFollower implements ReaderThread.Work, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RulesFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);

    private final RulesTable rules = new RulesTable();
    private final ReaderThread thread;
    private String told = "";

    RulesFollower(Map<String, Object> clientSettings, String namespace) {
        this.thread = new ReaderThread("rules", clientSettings, Map.of(TopicName.RULES.in(namespace), rules), this);
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

    @Override
    public void follow(TopicReader from) {
        rules.begin();
        boolean isWhole = false;
        while (!thread.isClosing()) {
            from.poll(POLL);
            isWhole = isWhole || from.caughtUp();
            if (isWhole) {
                rules.show();
            }
        }
    }

    /** Told once for each reason: it is tried every second. */
    @Override
    public void cutOff(RuntimeException e) {
        String why = String.valueOf(e.getMessage());
        if (!why.equals(told)) {
            log.warn("the rules cannot be read: {}", why);
            told = why;
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
