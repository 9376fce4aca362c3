package io.weir.replay;

import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Docket;
import io.weir.throttle.Docket.Finding;
import io.weir.throttle.EdgeMarks;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.SenderView;
import io.weir.throttle.Standing;
import io.weir.throttle.Throttle;
import java.util.List;
import java.util.Optional;

/**
 * One partition's judgement without Kafka: the engine's own {@link Docket}, with states in memory. The same events in the same order give
 * the same verdicts as the engine's, bytes equal; and since a sender's verdicts do not depend on what else is in its partition, it does not
 * matter that here everybody is in one.
 *
 * <p>Tombstones are not told: they come when the engine's sweep passes by, and say nothing that a verdict's expiry does not. Not safe for use
 * by several threads.
 */
public final class OfflineEngine {
    /** States kept as objects unless told otherwise: at most 80 MB; a site's busy senders are fewer. */
    public static final int MOST_OBJECTS = 65_536;

    private final OfflineStates states;
    private final Docket docket;

    public OfflineEngine(CaseIds caseIds) {
        this(caseIds, MOST_OBJECTS);
    }

    /** @param mostObjects states kept as objects; more are kept in their stored form, which takes a fifth */
    public OfflineEngine(CaseIds caseIds, int mostObjects) {
        this.states = new OfflineStates(mostObjects);
        this.docket = new Docket(new Throttle(caseIds), states, new EdgeMarks(EdgeMarks.Keeper.NONE));
    }

    /**
     * Judges an event.
     *
     * @return the verdicts it brings about, which mostly are none
     * @throws io.weir.throttle.RulesException when it brings rules that are no good; nothing has changed then
     */
    public List<Verdict> take(WeirEvent event) {
        Finding finding = docket.hear(event);
        List<Verdict> verdicts = List.of();
        if (finding instanceof Docket.Judged judged && event instanceof ConnectionEvent connection) {
            states.put(
                    connection.sender(),
                    judged.judgement().sender(),
                    judged.judgement().network());
            Verdict verdict = judged.judgement().verdict();
            verdicts = verdict == null ? List.of() : List.of(verdict);
        } else if (finding instanceof Docket.Amended amended && event instanceof Amendment amendment) {
            states.put(amendment.sender(), amended.sender(), null);
        } else if (finding instanceof Docket.Directed directed) {
            states.direct(directed.controls());
        }
        docket.enter(event, finding);
        states.sweep(docket.newestMs());
        return verdicts;
    }

    /** What the control records have said last. */
    public Controls controls() {
        return states.controls();
    }

    /** The greatest event time so far, milliseconds since the epoch; 0 before the first. */
    public long newestMs() {
        return docket.newestMs();
    }

    /** Senders of whom something is known. */
    public int senders() {
        return states.senders();
    }

    /** How well a sender is known at its newest event; empty when nothing is known of it. */
    public Optional<Standing> standing(SenderKey sender) {
        return Optional.ofNullable(states.sender(sender))
                .map(state -> Standing.of(state, controls().rules().established()));
    }

    /** The record of a sender's mail at its newest event, recipients; empty when nothing is known of it. */
    public Optional<PerHorizon> record(SenderKey sender) {
        return Optional.ofNullable(states.sender(sender))
                .map(state -> state.mail().history().record());
    }

    /** What is known of a sender, as it will be at {@code atMs} if nothing more arrives. */
    public Optional<SenderView> view(SenderKey sender, long atMs) {
        return Optional.ofNullable(states.sender(sender)).map(state -> SenderView.of(state, controls(), atMs));
    }
}
