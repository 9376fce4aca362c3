package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.ConnectionEvent;
import io.weir.replay.offline.Past;
import java.io.IOException;
import java.time.Instant;

/**
 * Writes a history into a namespace's topic, each event under its own time, oldest first. What an earlier load of the same history has
 * written is not written again.
 */
final class HistoryLoad {
    private final Cluster cluster;
    private final String topic;
    private final Past past;
    private final Terminal terminal;
    private long written;

    HistoryLoad(Cluster cluster, Past past, Terminal terminal) {
        this.cluster = cluster;
        this.topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
        this.past = past;
        this.terminal = terminal;
    }

    /**
     * Writes what is not there yet.
     *
     * @param loaded what is there
     * @param fromMs what is older is left out
     * @return events that were written
     * @throws CommandException when there is other mail in the way
     */
    long run(LoadedEvents loaded, long fromMs) throws IOException {
        if (!loaded.isEmpty()) {
            terminal.err().println(loaded.count() + " events are there already");
        }
        try (EventSink sink = new EventSink(cluster, topic)) {
            past.forEach((partition, event) -> {
                if (event instanceof ConnectionEvent connection && event.occurredAtMs() >= fromMs) {
                    send(loaded, loaded.item(connection), sink);
                }
            });
            sink.flush();
        }
        if (!loaded.isOurs()) {
            throw otherMail();
        }
        return written;
    }

    private void send(LoadedEvents loaded, LoadedEvents.Item item, EventSink sink) {
        if (loaded.has(item)) {
            return;
        }
        if (!loaded.isOursBefore(item)) {
            throw otherMail();
        }
        sink.send(item.record(topic));
        written++;
    }

    private CommandException otherMail() {
        return CommandException.failed(
                topic + " holds mail up to "
                        + Instant.ofEpochMilli(cluster.newestMs(topic))
                        + " that is not the beginning of this history; the past cannot come after it: choose another --namespace");
    }
}
