package io.weir.throttle;

import io.weir.model.Mode;
import io.weir.model.SenderKey;
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

    /**
     * Publishes a throttle when a budget is exceeded, again when the admit fraction changes noticeably or the verdict
     * would soon expire, and a release when it has ended.
     *
     * @param held whether a throttle is in force and has not been let go
     */
    Written write(SenderKey sender, SenderState state, long nowMs, boolean held, boolean newSlot, Controls controls) {
        InForce known = state.inForce();
        InForce last = known != null && known.holds(nowMs) ? known : null;
        Rules rules = controls.rules();
        Candidate candidate = rules.learning(nowMs) ? null : candidate(state, nowMs, held, controls);
        if (candidate == null) {
            return last == null
                    ? new Written(state, null)
                    : publish(sender, state, released(state, last, rules), last.mode(), false, nowMs, rules);
        }
        Mode mode = rules.mode(candidate.reason());
        if (last == null) {
            return candidate.admitMicros() >= Candidate.ALL
                    ? new Written(state, null)
                    : publish(sender, begin(state, candidate), candidate, mode, true, nowMs, rules);
        }
        boolean other = last.reason() != candidate.reason() || last.mode() != mode;
        return other || fell(last, candidate) || (newSlot && due(last, candidate, nowMs))
                ? publish(sender, state, candidate, mode, true, nowMs, rules)
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

    private static @Nullable Candidate candidate(SenderState state, long nowMs, boolean held, Controls controls) {
        Rules rules = controls.rules();
        Reason fault = state.conduct().fault(rules.conduct());
        Reason reason =
                fault != null ? fault : Standing.of(state, rules.established()).surge();
        boolean heldBounces = held && Holds.ofBounces(state);
        Candidate mail = Candidate.of(
                reason, state.mail(), Intake.mailTerms(state, controls, nowMs, fault), held && !heldBounces, nowMs);
        Series series = state.bounces();
        if (series == null) {
            return mail;
        }
        Series.Terms terms = new Series.Terms(Terms.bounces(series, rules, fault != null), false, false);
        Candidate bounces = Candidate.of(Reason.NULL_SENDER_SURGE, series, terms, heldBounces, nowMs);
        return stronger(mail, bounces, rules);
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
        return admit * 2 <= last.admitMicros() || (admit == Candidate.LEAST_ADMIT && admit < last.admitMicros());
    }

    private static boolean due(InForce last, Candidate candidate, long nowMs) {
        double change = Math.abs(candidate.admitMicros() - last.admitMicros());
        long life = last.expiresAtMs() - last.decidedAtMs();
        return change >= NOTICEABLE * last.admitMicros() || last.expiresAtMs() - nowMs < life / 3;
    }

    private static SenderState begin(SenderState state, Candidate candidate) {
        Series bounces = state.bounces();
        return candidate.reason() == Reason.NULL_SENDER_SURGE && bounces != null
                ? state.withSeries(state.mail(), bounces.throttled())
                : state.withSeries(state.mail().throttled(), bounces);
    }

    private Written publish(
            SenderKey sender,
            SenderState state,
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
                caseIds.of(sender.text(), seq));
        Allowance allowance = candidate.allowances().get(candidate.horizon());
        Verdict verdict = new Verdict(
                sender.text(),
                throttle ? Verdict.Action.THROTTLE : Verdict.Action.ALLOW,
                mode,
                (double) candidate.admitMicros() / Candidate.ALL,
                REPLY_CODE,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                inForce.caseId(),
                candidate.horizon().millis(),
                observed(state, candidate, nowMs),
                allowance.record(),
                allowance.recipients(),
                List.of(),
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
