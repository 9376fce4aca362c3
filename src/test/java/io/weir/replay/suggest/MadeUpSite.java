package io.weir.replay.suggest;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Mail to a site, written down one by one. Days count from 0. */
public final class MadeUpSite {
    /** Thursday 2026-10-01, 00:00 UTC. */
    public static final long START_MS = 1_790_812_800_000L;

    private static final long DAY_MS = 86_400_000;

    private final List<ConnectionEvent> events = new ArrayList<>();
    private final long startMs;

    public MadeUpSite() {
        this(START_MS);
    }

    /** @param startMs when day 0 begins, milliseconds since the epoch */
    public MadeUpSite(long startMs) {
        this.startMs = startMs;
    }

    public MadeUpSite mail(String address, double day, int recipients, Outcome outcome) {
        return mail(address, day, recipients, outcome, false);
    }

    MadeUpSite mail(String address, double day, int recipients, Outcome outcome, boolean nullSender) {
        ClientAddress client = ClientAddress.parse(address);
        events.add(new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                startMs + Math.round(day * DAY_MS),
                client.text(),
                client.sender(),
                outcome,
                1,
                recipients,
                0,
                0,
                0,
                nullSender,
                null,
                ConnectionEvent.Facts.NONE));
        return this;
    }

    /** The same at 09:36 of each day from one on, up to another that is not among them. */
    public MadeUpSite daily(String address, int fromDay, int toDay, int recipients, Outcome outcome) {
        for (int day = fromDay; day < toDay; day++) {
            mail(address, day + 0.4, recipients, outcome);
        }
        return this;
    }

    /** In the order of time. */
    public List<ConnectionEvent> events() {
        List<ConnectionEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        return sorted;
    }
}
