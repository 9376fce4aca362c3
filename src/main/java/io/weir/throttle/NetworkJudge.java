package io.weir.throttle;

import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.throttle.Judgement.OfNetwork;
import io.weir.throttle.Members.Kind;
import io.weir.throttle.VerdictWriter.Shared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event of one sender means for its networks. The newcomers of a network are judged together, as if they were one sender, by the same
 * functions and by limits of their own; each sender is noted once a day, so that it is known whom a verdict on newcomers spares.
 */
final class NetworkJudge {
    private final VerdictWriter verdicts;

    NetworkJudge(VerdictWriter verdicts) {
        this.verdicts = verdicts;
    }

    /** A network of the sender, its counts being those of the event's day or a later one. */
    record Known(NetworkKey key, NetworkState state) {}

    /**
     * How the sender stands to them.
     *
     * @param begins whether it is new
     * @param noted whether they take note of it now
     * @param shares whether its mail is its network's newcomers'
     * @param held whether a throttle of its own is in force
     * @param fits how many recipients its own allowance has room for: what is beyond is the affair of a throttle of its own
     * @param record its own
     */
    record Stance(
            Kind kind, boolean begins, boolean noted, boolean shares, boolean held, long fits, PerHorizon record) {}

    /**
     * What came of it.
     *
     * @param shared the tightest that networks say that cannot tell edges whom to spare; or null
     */
    record Result(List<OfNetwork> networks, @Nullable Shared shared) {
        static final Result NONE = new Result(List.of(), null);
    }

    static List<Known> known(SenderKey sender, long nowMs, NetworkLookup lookup) {
        List<Known> networks = new ArrayList<>(2);
        for (NetworkKey key : sender.networks()) {
            NetworkState state = lookup.get(key);
            networks.add(
                    new Known(key, (state == null ? NetworkState.NONE : state).rollTo(nowMs / Horizon.DAY.millis())));
        }
        return networks;
    }

    Result judge(ConnectionEvent event, Stance stance, List<Known> networks, Controls controls) {
        if (networks.isEmpty()) {
            return Result.NONE;
        }
        List<OfNetwork> changed = new ArrayList<>(networks.size());
        Shared tightest = null;
        for (Known network : networks) {
            NetworkState state = network.state;
            Members members = stance.noted ? noted(network, event.sender(), stance) : state.members();
            NetworkState noted = (stance.begins ? state.withNewSender() : state).withMembers(members);
            boolean sparesOthers = stance.noted && sparesOthers(network, event.sender(), members);
            Judged judged = judge(new Known(network.key, noted), event, stance, sparesOthers, controls);
            changed.add(judged.network);
            tightest = tighter(tightest, judged.shared);
        }
        return new Result(changed, tightest);
    }

    /** A sender too many: it gets no state of its own, and is a newcomer all the same. */
    List<OfNetwork> overflow(ConnectionEvent event, List<Known> networks, Controls controls) {
        List<OfNetwork> changed = new ArrayList<>(networks.size());
        long volume = event.outcome() == Outcome.ADMITTED ? event.recipients() : 0;
        Stance stranger = new Stance(Kind.NEWCOMER, false, false, true, false, Long.MAX_VALUE, PerHorizon.ZERO);
        for (Known network : networks) {
            NetworkState state = network.state.withOverflow(event.recipients(), volume);
            changed.add(judge(new Known(network.key, state), event, stranger, false, controls).network);
        }
        return changed;
    }

    private static Members noted(Known network, SenderKey sender, Stance stance) {
        NetworkState state = network.state;
        return state.members().note(network.key.memberOf(sender), state.day(), stance.kind, stance.record);
    }

    private static boolean sparesOthers(Known network, SenderKey sender, Members after) {
        NetworkState state = network.state;
        if (after.equals(state.members())) {
            return false;
        }
        byte[] member = network.key.memberOf(sender);
        return after.spares(member, state.day()) != state.members().spares(member, state.day());
    }

    private record Judged(OfNetwork network, @Nullable Shared shared) {}

    private Judged judge(Known network, ConnectionEvent event, Stance stance, boolean sparesOthers, Controls controls) {
        NetworkState state = network.state;
        if (!stance.shares && !(sparesOthers && state.inForce(event.occurredAtMs()) != null)) {
            return new Judged(new OfNetwork(network.key, state, null, List.of()), null);
        }
        Controls together = controls.ofNetworks();
        Sitting sitting = Sitting.ofNewcomers(state.newcomers(), event.occurredAtMs(), together);
        SenderState newcomers = sitting.state();
        if (stance.shares && !isTooYoung(sitting, together.rules())) {
            newcomers = Intake.newcomer(newcomers, event, stance, sitting.moment());
        }
        Subject subject = new Subject.Newcomers(network.key, state.members(), state.day());
        VerdictWriter.Written written =
                verdicts.write(subject, newcomers, sitting.held(), sparesOthers, null, sitting.moment());
        NetworkState after = state.withNewcomers(written.state());
        OfNetwork changed = new OfNetwork(network.key, after, written.verdict(), sitting.closedDays());
        return new Judged(changed, subject.isPublic() ? null : shared(after, sitting, subject));
    }

    /**
     * While a site learns everybody is new for as long as it takes to be established: what comes in a network's first days says nothing of its
     * newcomers.
     */
    private static boolean isTooYoung(Sitting newcomers, Rules rules) {
        Life life = newcomers.state().life();
        return rules.learning(newcomers.nowMs())
                && life.day() - life.firstDay() < rules.established().ageDays();
    }

    private static @Nullable Shared shared(NetworkState state, Sitting sitting, Subject subject) {
        SenderState newcomers = state.newcomers();
        if (newcomers == null || state.inForce(sitting.nowMs()) == null) {
            return null;
        }
        Candidate candidate = VerdictWriter.candidate(subject, newcomers, true, sitting.moment());
        return candidate == null ? null : new Shared(candidate, newcomers);
    }

    private static @Nullable Shared tighter(@Nullable Shared a, @Nullable Shared b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return b.candidate().admitMicros() < a.candidate().admitMicros() ? b : a;
    }
}
