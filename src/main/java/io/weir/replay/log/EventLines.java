package io.weir.replay.log;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Reads connection events as they are on {@code smtp-connections}, one JSON object a line. Whoever wrote them may have taken them from
 * several partitions, so they are put into order as far as a bounded heap does that; beyond, {@link LogClock} says what happens.
 */
final class EventLines implements FormatReader {
    static final int MOST_WAITING = 50_000;

    private final LogClock clock;
    private final int ipv6Prefix;
    private final Senders senders;
    private final EventJson json;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparingLong((Waiting next) -> next.event().occurredAtMs())
                    .thenComparingLong(Waiting::number));
    private long number;

    /** @param number of the line among all: what came at the same time stays in order */
    private record Waiting(ConnectionEvent event, long number) {}

    EventLines(LogClock clock, LogClient.Names clients) {
        this.clock = clock;
        this.ipv6Prefix = clients.ipv6Prefix();
        this.senders = clients.senders();
        this.json = new EventJson(ipv6Prefix);
    }

    static HeadReader heads(LogReader.Options options) {
        EventJson json = new EventJson(options.ipv6Prefix());
        return line -> {
            WeirEvent event = parse(line, json);
            return new HeadReader.Head(event.occurredAtMs(), event.edge());
        };
    }

    private static WeirEvent parse(String line, EventJson json) throws MalformedLineException {
        try {
            // A line's bytes are its characters.
            return json.read(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (MalformedEventException e) {
            throw new MalformedLineException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Reading read(String line) throws MalformedLineException {
        if (!(parse(line, json) instanceof ConnectionEvent event)) {
            return new Reading.Ignored("events/control record or amendment");
        }
        ClientAddress client = ClientAddress.parse(event.clientAddress(), ipv6Prefix);
        SenderKey sender = event.sender().poolName() == null ? senders.of(client) : event.sender();
        if (sender == null) {
            return new Reading.Ignored("events/local client");
        }
        long timeMs = event.occurredAtMs();
        // What is behind all that waits cannot be put into order any more.
        long readAs = timeMs < clock.newestMs() ? clock.at(timeMs) : timeMs;
        waiting.add(new Waiting(event.countedFor(sender).at(readAs), number++));
        return Reading.NOTED;
    }

    @Override
    public List<ConnectionEvent> due(boolean end) {
        if (!end && waiting.size() <= MOST_WAITING) {
            return List.of();
        }
        List<ConnectionEvent> due = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = end ? waiting.poll() : null) {
            clock.advance(next.event().occurredAtMs());
            due.add(next.event());
        }
        return due;
    }

    /** What waits to be put into order was read. */
    @Override
    public long open() {
        return 0;
    }

    @Override
    public long forgotten() {
        return 0;
    }
}
