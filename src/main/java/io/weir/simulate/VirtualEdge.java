package io.weir.simulate;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Answer;
import io.weir.throttle.Attempt;
import io.weir.throttle.EdgeDecision;
import io.weir.throttle.EnvelopeMemory;
import io.weir.throttle.Knowledge;
import io.weir.throttle.Proof;
import io.weir.throttle.Waiting;
import org.jspecify.annotations.Nullable;

/** A mail server with Weir beside it, without the sockets: decides on each attempt as every edge does, and remembers what it deferred. */
public final class VirtualEdge {
    private static final int REMEMBERED = 200_000;
    private static final long REMEMBERED_MS = 5 * Spans.DAY_MS;
    private static final int MESSAGE_BYTES = 24_000;

    private final String name;
    private final AdmitRule rule;
    private final EnvelopeMemory memory = new EnvelopeMemory(REMEMBERED, REMEMBERED_MS);
    private long seq;

    public VirtualEdge(String name, AdmitRule rule) {
        this.name = name;
        this.rule = rule;
    }

    /** What the edge saw of one attempt. */
    public record Seen(Answer answer, Outcome outcome, boolean retry) {
        public boolean wouldDefer() {
            return answer instanceof Answer.WouldDefer;
        }

        @Nullable
        String exemptBy() {
            return answer instanceof Answer.Trusted trusted
                    ? trusted.connector().exemptBy()
                    : null;
        }

        public Reply reply() {
            return Reply.of(outcome);
        }
    }

    /** Answers the attempt that is due. */
    public Seen attempt(Mail mail, Knowledge knowledge) {
        long now = mail.dueMs();
        MailSource source = mail.source();
        ClientAddress client = mail.client();
        long envelope = mail.envelope(rule, client.sender());
        Waiting waiting = memory.waiting(client.sender(), envelope, now);
        Attempt attempt = new Attempt(
                client.sender(),
                client.exempt(),
                false,
                source.nullSender(),
                envelope,
                new Proof(client, false, "", "", ""),
                waiting,
                memory.floorUsed(client.sender(), now));
        Answer answer = EdgeDecision.decide(attempt, knowledge, now);
        memory.answered(client.sender(), envelope, answer, now);
        // A transaction has one answer here; a real edge defers those of its recipients that are beyond the floor.
        for (int i = 1; i < mail.recipients() && answer instanceof Answer.WithinFloor; i++) {
            memory.useFloor(client.sender(), now);
        }
        return new Seen(answer, outcome(mail, answer), waiting != null);
    }

    private static Outcome outcome(Mail mail, Answer answer) {
        if (answer.defers()) {
            return Outcome.DEFERRED;
        }
        return mail.isRejected() ? Outcome.REJECTED : Outcome.ADMITTED;
    }

    /** The event that tells of one attempt. */
    public ConnectionEvent event(Mail mail, Seen seen, long atMs) {
        int recipients = mail.recipients();
        return event(
                mail.client(),
                mail.source().nullSender(),
                seen.outcome(),
                atMs,
                1,
                recipients,
                seen.retry() ? recipients : 0,
                seen.wouldDefer() ? recipients : 0,
                seen.exemptBy());
    }

    /** One event of this edge, with the next number; times must not go back from one to the next. */
    public ConnectionEvent event(
            ClientAddress client,
            boolean nullSender,
            Outcome outcome,
            long atMs,
            int messages,
            int recipients,
            int retries,
            int wouldDefer) {
        return event(client, nullSender, outcome, atMs, messages, recipients, retries, wouldDefer, null);
    }

    private ConnectionEvent event(
            ClientAddress client,
            boolean nullSender,
            Outcome outcome,
            long atMs,
            int messages,
            int recipients,
            int retries,
            int wouldDefer,
            @Nullable String exemptBy) {
        return new ConnectionEvent(
                true,
                name,
                ++seq,
                atMs,
                client.text(),
                client.sender(),
                outcome,
                messages,
                recipients,
                retries,
                wouldDefer,
                outcome == Outcome.ADMITTED ? (long) messages * MESSAGE_BYTES : 0,
                nullSender,
                exemptBy,
                ConnectionEvent.Facts.NONE);
    }
}
