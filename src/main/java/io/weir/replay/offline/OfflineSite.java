package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.OfflineEngine;
import io.weir.throttle.CaseIds;
import io.weir.throttle.EdgeMarks;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderView;
import io.weir.throttle.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engines of a site, one for each partition, and which events they have seen. */
public final class OfflineSite {
    private final List<OfflineEngine> engines = new ArrayList<>();
    private final List<EdgeMarks> marks = new ArrayList<>();
    private long dropped;

    OfflineSite(Setup setup) {
        CaseIds caseIds = new CaseIds(setup.siteSecret());
        for (int i = 0; i < setup.partitions(); i++) {
            engines.add(new OfflineEngine(caseIds, Math.max(1, OfflineEngine.MOST_OBJECTS / setup.partitions())));
            marks.add(new EdgeMarks(EdgeMarks.Keeper.NONE));
        }
    }

    List<Verdict> take(int partition, WeirEvent event) {
        return engines.get(partition).take(event);
    }

    /**
     * Whether an engine would drop the event, since its edge is denied or has sent it before; from now on it has been sent. Asked here and not
     * there, since on the what-if way an engine gets others in its place.
     */
    boolean drops(int partition, ConnectionEvent event) {
        boolean isDropped = rules(partition).deniedEdges().contains(event.edge())
                || marks.get(partition).isDuplicate(event.edge(), event.edgeSeq());
        if (isDropped) {
            dropped++;
        } else {
            marks.get(partition).advance(event.edge(), event.edgeSeq(), event.occurredAtMs());
        }
        return isDropped;
    }

    /** Events that did not count. */
    public long dropped() {
        return dropped;
    }

    public Rules rules(int partition) {
        return engines.get(partition).controls().rules();
    }

    /** Senders of whom something is known. */
    public long senders() {
        return engines.stream().mapToLong(OfflineEngine::senders).sum();
    }

    Optional<Standing> standing(int partition, SenderKey sender) {
        return engines.get(partition).standing(sender);
    }

    /** The record of a sender's mail at its newest event; zero when nothing is known of it. */
    public PerHorizon record(int partition, SenderKey sender) {
        return engines.get(partition).record(sender).orElse(PerHorizon.ZERO);
    }

    /** What is known of a sender, as it will be at {@code atMs} if nothing more arrives. */
    public Optional<SenderView> view(SenderKey sender, long atMs) {
        return engines.stream()
                .flatMap(engine -> engine.view(sender, atMs).stream())
                .findFirst();
    }
}
