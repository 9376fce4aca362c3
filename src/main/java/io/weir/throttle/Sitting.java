package io.weir.throttle;

import io.weir.throttle.Judgement.ClosedDay;
import io.weir.throttle.VerdictWriter.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state brought to the time of an event, before the event is added.
 *
 * @param isNew whether nothing was known, or nothing that counts any more
 * @param isNewDay whether a day closed on the way
 * @param held whether a throttle is in force and has not been let go
 * @param closedDays rows for the traffic store, oldest first
 */
record Sitting(
        SenderState state, boolean isNew, boolean isNewDay, boolean held, Moment moment, List<ClosedDay> closedDays) {
    static Sitting ofSender(@Nullable SenderState known, long occurredAtMs, Controls controls) {
        return open(known, occurredAtMs, controls, false);
    }

    /** @param controls {@link Controls#ofNetworks()} */
    static Sitting ofNewcomers(@Nullable SenderState known, long occurredAtMs, Controls controls) {
        return open(known, occurredAtMs, controls, true);
    }

    private static Sitting open(
            @Nullable SenderState known, long occurredAtMs, Controls controls, boolean areNewcomers) {
        SenderState counting = known == null || known.absentAt(occurredAtMs, controls.rules()) ? null : known;
        SenderState before = counting == null ? fresh(known, occurredAtMs) : counting;
        long nowMs = Math.max(before.life().lastEventMs(), occurredAtMs);
        KnownAllowances allowances = new KnownAllowances(controls.rules());
        Advance.Advanced advanced = Advance.to(nowMs, before, controls, allowances);
        SenderState state = advanced.state();
        InForce last = state.inForce();
        // A sender's verdict that is its network's in truth is let go there.
        boolean held = last != null && last.holds(nowMs) && (areNewcomers || last.reason() != Reason.NETWORK_NEWCOMERS);
        if (held && advanced.newSlot() && Holds.series(state).calm()) {
            state = Holds.release(state, controls.rules());
            held = false;
        }
        return new Sitting(
                state,
                counting == null,
                state.life().day() > before.life().day(),
                held,
                new Moment(nowMs, advanced.newSlot(), controls, allowances),
                counting == null ? remains(known, before) : advanced.closedDays());
    }

    /** A last verdict and its sequence outlive what is forgotten. */
    private static SenderState fresh(@Nullable SenderState absent, long atMs) {
        SenderState fresh = SenderState.first(atMs);
        return absent == null ? fresh : fresh.withVerdict(absent.inForce(), absent.seq());
    }

    /** What the sweep would have written when it deleted the state. */
    private static List<ClosedDay> remains(@Nullable SenderState absent, SenderState fresh) {
        return absent == null
                ? List.of()
                : Advance.closedDays(absent, fresh.life().day());
    }

    long nowMs() {
        return moment.nowMs();
    }
}
