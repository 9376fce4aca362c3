package io.weir.throttle;

import io.weir.model.SenderKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recipients that budgets have room for at a moment: what an edge that judged each attempt itself, at once and exactly, would let pass.
 *
 * @param own of the sender's own budgets
 * @param together of its networks' newcomers', the least; {@link Long#MAX_VALUE} when it is none of them
 */
public record Room(long own, long together) {
    private static final Room ALL = new Room(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * Looks at a sender as it will be at {@code nowMs} if nothing more arrives.
     *
     * @param before the sender's state, null when there is none
     * @param nullSender whether it is about bounces
     * @param lookup fetches the states of its networks
     */
    public static Room of(
            SenderKey sender,
            @Nullable SenderState before,
            boolean nullSender,
            NetworkLookup lookup,
            long nowMs,
            Controls controls) {
        Controls own = controls.of(sender, before, nowMs);
        Sitting sitting = Sitting.ofSender(before, nowMs, own);
        if (own.rules().learning(sitting.nowMs())) {
            return ALL;
        }
        boolean isNewcomer = Standing.kind(sitting.state(), own.rules()) == Members.Kind.NEWCOMER;
        List<NetworkJudge.Known> around = isNewcomer ? NetworkJudge.known(sender, nowMs, lookup) : List.of();
        SenderState state = sitting.isNew() ? Throttle.inheriting(sitting, around) : sitting.state();
        long together = Long.MAX_VALUE;
        if (Standing.kind(state, own.rules()) == Members.Kind.NEWCOMER) {
            for (NetworkJudge.Known network : around) {
                Sitting newcomers = Sitting.ofNewcomers(network.state().newcomers(), nowMs, own.ofNetworks());
                together = Math.min(together, of(newcomers.state(), false, newcomers.moment()));
            }
        }
        return new Room(of(state, nullSender, sitting.moment()), together);
    }

    private static long of(SenderState state, boolean nullSender, VerdictWriter.Moment moment) {
        Rules rules = moment.controls().rules();
        Reason fault = state.conduct().fault(rules.conduct());
        if (!nullSender) {
            return state.mail().room(Intake.mailTerms(state, moment, fault));
        }
        Series bounces = state.bounces() == null ? Series.NONE : state.bounces();
        return bounces.room(new Series.Terms(Terms.bounces(bounces, rules, fault != null), false));
    }
}
