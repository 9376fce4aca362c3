package io.weir.throttle;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a verdict is due, and writes it. */
final class VerdictWriter {
    private static final int REPLY_CODE = 451;
    private static final double NOTICEABLE = 0.1;

    private final CaseIds caseIds;

    VerdictWriter(CaseIds caseIds) {
        this.caseIds = caseIds;
    }

    record Written(SenderState state, @Nullable Verdict verdict) {}

    /** What is known of the moment beside the state. */
    record Moment(long nowMs, boolean newSlot, Controls controls, KnownAllowances allowances) {}

    /** What holds for a newcomer because of its network, and the network's newcomers that it follows from. */
    record Shared(Candidate candidate, SenderState newcomers) {}

    /**
     * Publishes a throttle when a budget is exceeded, again when the admit fraction changes noticeably, when it spares others than before or
     * would soon expire, and a release when it has ended.
     *
     * @param held whether a throttle is in force and has not been let go
     * @param sparesOthers whether those whom a throttle spares have changed
     * @param shared when edges cannot be told by a verdict on the network: what it would say; or null
     */
    Written write(
            Subject subject,
            SenderState state,
            boolean held,
            boolean sparesOthers,
            @Nullable Shared shared,
            Moment moment) {
        Rules rules = moment.controls.rules();
        InForce known = state.inForce();
        InForce last = known != null && known.holds(moment.nowMs) ? known : null;
        Candidate own = rules.learning(moment.nowMs) ? null : candidate(subject, state, held, moment);
        if (shared != null && (own == null || isStronger(shared.candidate, own, rules))) {
            return write(subject, state, shared.newcomers, last, shared.candidate, sparesOthers, moment);
        }
        SenderState begun =
                own != null && last != null && isShared(subject, last.reason()) ? begin(subject, state, own) : state;
        return write(subject, begun, begun, last, own, sparesOthers, moment);
    }

    /** A sender's verdict that is its network's in truth; the network counts it. */
    private static boolean isShared(Subject subject, Reason reason) {
        return subject instanceof Subject.Sender && reason == Reason.NETWORK_NEWCOMERS;
    }

    /** @param of whose traffic the candidate follows from */
    private Written write(
            Subject subject,
            SenderState state,
            SenderState of,
            @Nullable InForce last,
            @Nullable Candidate candidate,
            boolean sparesOthers,
            Moment moment) {
        long nowMs = moment.nowMs;
        Rules rules = moment.controls.rules();
        if (candidate == null) {
            return last == null
                    ? new Written(state, null)
                    : publish(subject, state, of, released(state, last, rules), last.mode(), false, nowMs, rules);
        }
        Mode mode = rules.mode(candidate.reason());
        if (last == null) {
            return candidate.admitMicros() >= Candidate.ALL
                    ? new Written(state, null)
                    : publish(subject, begin(subject, state, candidate), of, candidate, mode, true, nowMs, rules);
        }
        boolean other = last.reason() != candidate.reason() || last.mode() != mode || sparesOthers;
        return other || fell(last, candidate) || (moment.newSlot && due(last, candidate, nowMs))
                ? publish(subject, state, of, candidate, mode, true, nowMs, rules)
                : new Written(state, null);
    }

    private static Candidate released(SenderState state, InForce last, Rules rules) {
        Series series = Holds.series(state);
        boolean fault = state.conduct().fault(rules.conduct()) != null;
        Allowances allowances = last.reason() == Reason.NULL_SENDER_SURGE
                ? Terms.bounces(series, rules, fault)
                : Terms.mail(state, rules, fault);
        return new Candidate(last.reason(), series, allowances, Candidate.ALL, last.horizon());
    }

    /** What is to be held against a subject now; null when nothing is. */
    static @Nullable Candidate candidate(Subject subject, SenderState state, boolean held, Moment moment) {
        Rules rules = moment.controls.rules();
        Reason fault = state.conduct().fault(rules.conduct());
        Reason reason = fault != null ? fault : subject.surge(state, rules);
        boolean heldBounces = held && Holds.ofBounces(state);
        Candidate mail = Candidate.of(
                reason, state.mail(), Intake.mailTerms(state, moment, fault), held && !heldBounces, moment.nowMs);
        Series series = state.bounces();
        if (series == null) {
            return mail;
        }
        Series.Terms terms = new Series.Terms(Terms.bounces(series, rules, fault != null), false);
        Candidate bounces = Candidate.of(Reason.NULL_SENDER_SURGE, series, terms, heldBounces, moment.nowMs);
        return stronger(mail, bounces, rules);
    }

    /** Of a sender's own and its network's the tighter; but what is enforced goes before shadow. */
    private static boolean isStronger(Candidate shared, Candidate own, Rules rules) {
        Mode mode = rules.mode(shared.reason());
        return mode == rules.mode(own.reason()) ? shared.admitMicros() < own.admitMicros() : mode == Mode.ENFORCE;
    }

    /** A verdict on mail covers bounces too, one on bounces only them; but what is enforced goes before shadow. */
    private static @Nullable Candidate stronger(@Nullable Candidate mail, @Nullable Candidate bounces, Rules rules) {
        if (mail == null || bounces == null) {
            return mail == null ? bounces : mail;
        }
        boolean onlyBouncesAct =
                rules.mode(mail.reason()) == Mode.SHADOW && rules.mode(bounces.reason()) == Mode.ENFORCE;
        return onlyBouncesAct ? bounces : mail;
    }

    /**
     * Within a slot a verdict is renewed only when the fraction has halved or nothing is left: who is let through in
     * part must not pass a multiple of its allowance in the minute that it multiplies its attempts.
     */
    private static boolean fell(InForce last, Candidate candidate) {
        long admit = candidate.admitMicros();
        return admit * 2 <= last.admitMicros() || (candidate.isLeast() && admit < last.admitMicros());
    }

    private static boolean due(InForce last, Candidate candidate, long nowMs) {
        double change = Math.abs(candidate.admitMicros() - last.admitMicros());
        long life = last.expiresAtMs() - last.decidedAtMs();
        return change >= NOTICEABLE * last.admitMicros() || last.expiresAtMs() - nowMs < life / 3;
    }

    private static SenderState begin(Subject subject, SenderState state, Candidate candidate) {
        if (isShared(subject, candidate.reason())) {
            return state;
        }
        Series bounces = state.bounces();
        return candidate.reason() == Reason.NULL_SENDER_SURGE && bounces != null
                ? state.withSeries(state.mail(), bounces.throttled())
                : state.withSeries(state.mail().throttled(), bounces);
    }

    private Written publish(
            Subject subject,
            SenderState state,
            SenderState of,
            Candidate candidate,
            Mode mode,
            boolean throttle,
            long nowMs,
            Rules rules) {
        long seq = Math.max(state.seq() + 1, nowMs);
        Reason reason = candidate.reason();
        InForce inForce = new InForce(
                reason,
                mode,
                throttle,
                candidate.admitMicros(),
                candidate.horizon(),
                nowMs,
                nowMs + rules.verdictLifeMs(),
                caseIds.of(subject.client(), seq));
        Allowance allowance = candidate.allowances().get(candidate.horizon());
        boolean told = throttle && subject.isPublic();
        Verdict verdict = new Verdict(
                subject.client(),
                told ? Verdict.Action.THROTTLE : Verdict.Action.ALLOW,
                mode,
                (double) candidate.admitMicros() / Candidate.ALL,
                REPLY_CODE,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                inForce.caseId(),
                candidate.horizon().millis(),
                observed(of, candidate, nowMs),
                allowance.record(),
                allowance.recipients(),
                told ? subject.exempt() : List.of(),
                told && reason == Reason.NETWORK_NEWCOMERS
                        ? rules.newcomersTogether().floor()
                        : 0,
                nowMs,
                inForce.expiresAtMs(),
                seq,
                rules.id());
        return new Written(state.withVerdict(inForce, seq), verdict);
    }

    /** Attempts within the horizon before now, for the people who read the verdict. */
    private static long observed(SenderState state, Candidate candidate, long nowMs) {
        Horizon horizon = candidate.horizon();
        if (horizon == Horizon.FIVE_MINUTES) {
            return candidate.series().attempts().recent(nowMs, horizon.millis());
        }
        Traffic.Column column =
                candidate.reason() == Reason.NULL_SENDER_SURGE ? Traffic.Column.NULL_SENDER : Traffic.Column.ATTEMPTS;
        long hour = nowMs / Horizon.HOUR.millis();
        long hours = horizon.millis() / Horizon.HOUR.millis();
        long recent = state.traffic().sum(column, hour - hours + 1);
        long oldest = state.traffic().sum(column, hour - hours) - recent;
        return recent + oldest * (Horizon.HOUR.millis() - nowMs % Horizon.HOUR.millis()) / Horizon.HOUR.millis();
    }
}
