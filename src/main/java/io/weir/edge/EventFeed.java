package io.weir.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.EventSpool.Mark;
import io.weir.edge.EventSpool.Pending;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Networks;
import io.weir.serde.EventJson;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An edge for events that something else has seen, such as a log: gives them this edge's name and numbers, keeps them on disk together
 * with how far their source has been read, and takes them to Kafka. They count for whom the site's rules say, such as a pool. Own networks'
 * events are left out.
 */
public final class EventFeed implements AutoCloseable {
    private final EventJson json = new EventJson();
    private final String edge;
    private final Networks ownNetworks;
    private final EdgeMeters meters;
    private final EventSpool spool;
    private final EventSender sender;
    private final RulesFollower rules;

    /**
     * Opens the spool and begins to send.
     *
     * @throws EdgeException when the spool cannot be used, or another process uses it
     */
    public static EventFeed open(WeirConfig config, MeterRegistry registry, Clock clock) {
        return new EventFeed(config, new EdgeMeters(registry), clock);
    }

    private EventFeed(WeirConfig config, EdgeMeters meters, Clock clock) {
        this.edge = Edge.name(config);
        this.ownNetworks = config.ownNetworks();
        this.meters = meters;
        this.spool = EventSpool.open(config.spoolDirectory(), config.spoolBytes(), clock.millis());
        this.sender = new EventSender(
                spool,
                new EventProducer(Edge.client(config), TopicName.CONNECTIONS.in(config.namespace())),
                new RefusedEvents(Edge.refusedFile(config)),
                meters);
        this.rules = new RulesFollower(Edge.client(config), config.namespace());
        sender.start();
        rules.start();
    }

    /** Whether the site's rules have been read: before, nobody can say for whom events count. */
    public boolean knowsRules() {
        return rules.isKnown();
    }

    /**
     * Keeps events and the mark in one write.
     *
     * @param source whose mark it is
     * @return how many events were kept: those of own networks are not
     */
    public int add(List<ConnectionEvent> events, String source, byte[] mark) {
        List<Pending> kept = events.stream()
                .filter(event -> !isOwn(event))
                .map(event -> pending(rules.senders().place(event)))
                .toList();
        int dropped = spool.add(kept, new Mark(source, mark));
        if (dropped > 0) {
            meters.eventsDropped("full", dropped);
        }
        return kept.size();
    }

    private boolean isOwn(ConnectionEvent event) {
        return !ownNetworks.isEmpty() && ownNetworks.contains(ClientAddress.parse(event.clientAddress()));
    }

    private Pending pending(ConnectionEvent event) {
        return new Pending(
                event.occurredAtMs(),
                event.sender().network(),
                number -> json.write(EventRecorder.numbered(event, edge, number)));
    }

    /** How far the source has been read; null when it never was. */
    public byte @Nullable [] mark(String source) {
        return spool.mark(source);
    }

    /** Whether a source that can wait may give more: nothing is dropped for one that asks first. */
    public boolean hasRoom() {
        return spool.hasRoom();
    }

    /** Events that wait on disk for Kafka. */
    public long unsent() {
        return spool.waiting();
    }

    /** What waits is sent after the next start. */
    @Override
    public void close() {
        rules.close();
        sender.close();
        spool.close();
    }
}
