package io.weir.demo;

import io.weir.edge.VerdictListener;
import io.weir.edge.VerdictTable;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.throttle.SenderView;
import java.util.List;
import java.util.Optional;

/** Where the demo plays: topics and an engine. Tests of the script have one without a broker. */
interface Stage {
    /** Writes events to {@code smtp-connections}, control records to each of its partitions. */
    void publish(List<? extends WeirEvent> events);

    /** Returns when all that was published is judged, and every verdict that came of it is in {@link #verdicts()}. */
    void settle();

    /** What edges know. */
    VerdictTable verdicts();

    /** Tells of every verdict, in the thread that calls {@link #settle()}. */
    void onVerdict(VerdictListener listener);

    /** What the engine's stores hold of a sender, looked at as of {@code atMs}. */
    Optional<SenderView> ask(SenderKey sender, long atMs);

    /** Attempts of a sender from one midnight (UTC) to another, as the engine's stores have them, recipients. */
    long attempts(SenderKey sender, long fromMs, long toMs);
}
