package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Answer;
import io.weir.throttle.Attempt;
import io.weir.throttle.ConnectorTrace;
import io.weir.throttle.EdgeDecision;
import io.weir.throttle.Knowledge;
import io.weir.throttle.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Runs the decision for a client that is not there: what would be answered, and what each step says. Nothing is counted, nothing comes of it. */
public final class EdgeProbe {
    private final Networks ownNetworks;
    private final Knowledge knowledge;
    private final AdmitRule admitRule;
    private final ReplyTemplate reply;

    EdgeProbe(Networks ownNetworks, Knowledge knowledge, AdmitRule admitRule, ReplyTemplate reply) {
        this.ownNetworks = ownNetworks;
        this.knowledge = knowledge;
        this.admitRule = admitRule;
        this.reply = reply;
    }

    /**
     * A client to imagine.
     *
     * @param proof what the MTA would know of it; its address is there
     * @param authenticated whether a user of ours logged in
     */
    public record Question(Proof proof, String sender, String recipient, boolean authenticated) {}

    /** One step, in the order in which they are taken. */
    public record Step(String name, String result) {}

    /**
     * What would be answered.
     *
     * @param reply what the MTA would be told; empty when mail passes
     */
    public record Result(Answer answer, String reply, List<Step> steps) {}

    Result ask(Question question, long nowMs) {
        Proof proof = question.proof();
        if (proof.client() == null) {
            throw new IllegalArgumentException("a client address is needed");
        }
        ClientAddress client = knowledge.senders().client(proof.client().text());
        boolean isOurs = EdgeDecision.isOurs(client, question.authenticated(), ownNetworks);
        boolean isRole = RoleAddresses.isRole(question.recipient());
        long envelope = admitRule.envelope(client.sender(), question.sender(), question.recipient());
        Attempt attempt =
                new Attempt(client.sender(), isOurs, isRole, question.sender().isEmpty(), envelope, proof, null, 0);
        Answer answer = EdgeDecision.decide(attempt, knowledge, nowMs);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("own", isOurs ? "ours: never touched" : "not ours"));
        steps.add(new Step("role address", isRole ? "yes: passes, a few times an hour" : "no"));
        if (client.sender().isPool()) {
            steps.add(new Step("pool", "counts as " + client.sender().text()));
        }
        steps.add(new Step("override", override(knowledge.overrideOf(client.sender(), nowMs))));
        steps.add(new Step("planned", override(knowledge.planOf(client.sender(), nowMs))));
        steps.add(new Step("connector", connector(knowledge.connectors().trace(proof))));
        steps.add(new Step("brake", knowledge.isBraked() ? "on: nothing is deferred by a verdict" : "off"));
        steps.add(new Step("verdict", verdict(client.sender(), nowMs)));
        return new Result(answer, reply.action(client, answer), steps);
    }

    private static String override(@Nullable OperatorOverride override) {
        return override == null
                ? "none"
                : "%s%s of %s by %s until %s: %s"
                        .formatted(
                                override.action().label(),
                                override.volume() == 0 ? "" : " " + override.volume() + " recipients a day",
                                override.target(),
                                override.author(),
                                Instant.ofEpochMilli(override.expiresAtMs()),
                                override.comment());
    }

    private static String connector(ConnectorTrace trace) {
        StringBuilder text = new StringBuilder();
        if (trace.broken() != null) {
            text.append("breaks ").append(trace.broken().name());
        } else {
            text.append(
                    trace.trusted() == null
                            ? "none matches"
                            : "trusted by " + trace.trusted().name());
        }
        if (!trace.alsoTrusted().isEmpty()) {
            text.append("; so would ").append(String.join(", ", trace.alsoTrusted()));
        }
        if (trace.miss() != null) {
            text.append("; ").append(trace.miss());
        }
        return text.toString();
    }

    private String verdict(SenderKey sender, long nowMs) {
        StringBuilder text = new StringBuilder(shown(knowledge.verdictOf(sender.text()), sender, nowMs));
        for (NetworkKey network : sender.networks()) {
            text.append("; on newcomers of ").append(network.text()).append(": ");
            text.append(shown(knowledge.verdictOf(network.text()), sender, nowMs));
        }
        return text.toString();
    }

    private String shown(@Nullable Verdict verdict, SenderKey sender, long nowMs) {
        if (verdict == null || nowMs >= verdict.expiresAtMs()) {
            return "none";
        }
        if (verdict.exempt().contains(sender.text())) {
            return verdict.action().label() + ", " + verdict.reason() + ", which spares this sender";
        }
        boolean isStopped = knowledge.isShadowed(verdict.reason());
        return String.format(
                Locale.ROOT,
                "%s, %s, %s%s, %.0f%% pass, until %s",
                verdict.action().label(),
                verdict.reason(),
                verdict.mode().label(),
                isStopped ? " (in shadow by the newest rules)" : "",
                100 * verdict.admit(),
                Instant.ofEpochMilli(verdict.expiresAtMs()));
    }
}
