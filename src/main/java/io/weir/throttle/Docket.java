package io.weir.throttle;

import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of one partition in their order, and says of each what it comes to: all of the judgement but where states are kept.
 *
 * <p>An event goes through {@link #hear}, which changes nothing; then whoever keeps the states writes what was found; then {@link #enter}.
 * So what cannot be judged or written leaves no trace. The engine, an offline replay and a simulation differ in where they keep states, and
 * in nothing else.
 */
public final class Docket {
    private final Throttle throttle;
    private final States states;
    private final EdgeMarks marks;

    /** What is known of a partition. */
    public interface States {
        /** The sender's state, or null when there is none. */
        @Nullable
        SenderState sender(SenderKey sender);

        /** The state of the sender's network, or null when there is none. */
        @Nullable
        NetworkState network(SenderKey sender);

        /** What the control records have said last. */
        Controls controls();
    }

    /** What an event comes to. */
    public sealed interface Finding {}

    /** It does not count: nothing is to be written. */
    public enum Dropped implements Finding {
        /** The rules deny its edge. */
        DENIED,
        /** Its edge had sent it before. */
        DUPLICATE
    }

    /** A bare connection, exempted mail, or word of an edge's brake: it leaves no trace in a sender's state. */
    public record Uncounted() implements Finding {
        static final Uncounted INSTANCE = new Uncounted();
    }

    /** Mail was judged. */
    public record Judged(Judgement judgement) implements Finding {}

    /**
     * Later knowledge was taken into account.
     *
     * @param sender the sender's new state, or null when nothing is known of it
     */
    public record Amended(@Nullable SenderState sender) implements Finding {}

    /** Rules or a gap, by which what follows is judged. */
    public record Directed(Controls controls) implements Finding {}

    /** @param marks how far the partition's edges have come */
    public Docket(Throttle throttle, States states, EdgeMarks marks) {
        this.throttle = throttle;
        this.states = states;
        this.marks = marks;
    }

    /**
     * Decides about an event; changes nothing.
     *
     * @throws RulesException when it brings rules that are no good
     */
    public Finding hear(WeirEvent event) {
        if (event instanceof ConnectionEvent connection) {
            Dropped dropped = dropped(connection.edge(), connection.edgeSeq());
            return dropped == null ? connection(connection) : dropped;
        }
        if (event instanceof Amendment amendment) {
            Dropped dropped = dropped(amendment.edge(), amendment.edgeSeq());
            return dropped == null ? amendment(amendment) : dropped;
        }
        if (event instanceof BrakeChange change) {
            Dropped dropped = dropped(change.edge(), change.edgeSeq());
            return dropped == null ? Uncounted.INSTANCE : dropped;
        }
        Controls before = states.controls();
        return new Directed(event instanceof RulesChange change ? before.with(change) : before.with((Gap) event));
    }

    private Finding connection(ConnectionEvent event) {
        if (!Throttle.counts(event)) {
            return Uncounted.INSTANCE;
        }
        SenderState before = states.sender(event.sender());
        return new Judged(throttle.step(before, () -> states.network(event.sender()), event, states.controls()));
    }

    private Finding amendment(Amendment amendment) {
        return new Amended(throttle.amend(states.sender(amendment.sender()), amendment, states.controls()));
    }

    private @Nullable Dropped dropped(String edge, long edgeSeq) {
        if (states.controls().rules().deniedEdges().contains(edge)) {
            return Dropped.DENIED;
        }
        return marks.isDuplicate(edge, edgeSeq) ? Dropped.DUPLICATE : null;
    }

    /** What was found is written: from now on the event is a duplicate. */
    public void enter(WeirEvent event, Finding finding) {
        if (finding instanceof Dropped) {
            return;
        }
        if (event instanceof ConnectionEvent connection) {
            marks.advance(connection.edge(), connection.edgeSeq(), connection.occurredAtMs());
        } else if (event instanceof Amendment amendment) {
            marks.advance(amendment.edge(), amendment.edgeSeq(), amendment.occurredAtMs());
        } else if (event instanceof BrakeChange change) {
            marks.advance(change.edge(), change.edgeSeq(), change.occurredAtMs());
        }
    }

    /** The greatest time of any event that counted, milliseconds since the epoch; 0 before the first. */
    public long newestMs() {
        return marks.newestMs();
    }
}
