package io.weir.throttle;

import io.weir.model.NetworkKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be told about a network at a moment.
 *
 * @param asOfMs the moment
 * @param established senders seen within a week that are established
 * @param active senders seen lately, newcomers among them
 * @param vouches whether a newcomer begins with half the median record of the established
 * @param isComplete whether all are listed that a verdict on newcomers has to spare; without, edges are told of no such verdict
 * @param spared senders that a verdict on newcomers spares
 * @param newcomers its newcomers as if they were one sender; null when there was none
 */
public record NetworkView(
        NetworkKey network,
        long asOfMs,
        long established,
        long active,
        long newSendersToday,
        long overflowAttemptsToday,
        boolean vouches,
        boolean isComplete,
        List<String> spared,
        @Nullable SenderView newcomers) {
    /** Looks at a state as it will be at {@code nowMs} if nothing more arrives. */
    public static NetworkView of(NetworkKey network, NetworkState stored, Controls controls, long nowMs) {
        NetworkState state = stored.rollTo(nowMs / Horizon.DAY.millis());
        Members members = state.members();
        SenderState newcomers = state.newcomers();
        return new NetworkView(
                network,
                nowMs,
                members.active(state.day(), true),
                members.active(state.day(), false),
                state.newSenders(),
                state.overflowAttempts(),
                members.legacy(state.day()) != null,
                members.isComplete(state.day()),
                new Subject.Newcomers(network, members, state.day()).exempt(),
                newcomers == null ? null : SenderView.of(newcomers, controls.ofNetworks(), nowMs));
    }
}
