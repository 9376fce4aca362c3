package io.weir.replay.report;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.replay.offline.Decision;
import io.weir.replay.offline.Decision.Fate;
import io.weir.replay.offline.Observer;
import io.weir.replay.offline.OfflineSite;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes when senders sent what, for a report's charts. */
public final class Tracks implements Observer {
    /** Each takes some 300 bytes and 4 more for each bucket; whoever comes when there are as many has no chart. */
    private static final int MOST = 1_000_000;

    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final OfflineSite site;
    private final long bucketMs;
    private final Track all = new Track();
    private final Map<SenderKey, Track> senders = new HashMap<>();

    /** @param bucketMs width of a bucket: 5 minutes, an hour or a day */
    public Tracks(OfflineSite site, long bucketMs) {
        this.site = site;
        this.bucketMs = bucketMs;
    }

    /** A width at which a chart of so much time has some hundred buckets. */
    public static long bucketMs(Duration span) {
        if (span.toMillis() <= 2 * DAY_MS) {
            return 5 * 60_000;
        }
        return span.toMillis() <= 45 * DAY_MS ? HOUR_MS : DAY_MS;
    }

    @Override
    public void decided(Decision decision) {
        long index = decision.atMs() / bucketMs;
        Track sender = track(decision.sender());
        add(all, index, decision);
        if (sender != null) {
            add(sender, index, decision);
        }
    }

    private static void add(Track track, long index, Decision decision) {
        track.open(index);
        if (!decision.isRetry()) {
            track.tried(decision.attempts(), decision.fate() != Fate.ADMITTED);
        } else if (decision.fate() != Fate.DEFERRED) {
            track.later(decision.attempts());
        }
    }

    @Override
    public void recorded(int partition, ConnectionEvent event) {
        Track sender = senders.get(event.sender());
        if (sender != null && sender.isDue(event.occurredAtMs() / HOUR_MS)) {
            sender.record(site.record(partition, event.sender()));
        }
    }

    private @Nullable Track track(SenderKey sender) {
        Track known = senders.get(sender);
        if (known == null && senders.size() < MOST) {
            known = new Track();
            senders.put(sender, known);
        }
        return known;
    }

    /** Milliseconds. */
    public long bucketMs() {
        return bucketMs;
    }

    /** Everybody together; it has no record. */
    public Track all() {
        return all;
    }

    /** A sender's; empty when it sent nothing that edges were asked about, or there were too many. */
    public Track of(SenderKey sender) {
        return senders.getOrDefault(sender, new Track());
    }
}
