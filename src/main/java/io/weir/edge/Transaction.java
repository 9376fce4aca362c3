package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.throttle.Answer;
import io.weir.throttle.ConnectorTrace;
import io.weir.throttle.Proof;
import org.jspecify.annotations.Nullable;

/** One SMTP transaction under way. Guarded by itself. */
final class Transaction {
    private final ClientAddress client;
    private final boolean nullSender;
    private @Nullable Answer answer;
    private ConnectionEvent.Facts facts = ConnectionEvent.Facts.NONE;
    private boolean isRetry;
    private long planned;
    private int admitted;
    private long lastMs;

    Transaction(ClientAddress client, boolean nullSender) {
        this.client = client;
        this.nullSender = nullSender;
    }

    ClientAddress client() {
        return client;
    }

    boolean nullSender() {
        return nullSender;
    }

    /** What was decided on its first recipient, for all of them; null before. */
    @Nullable
    Answer answer() {
        return answer;
    }

    boolean isRetry() {
        return isRetry;
    }

    /** What is known of the client, for the events. */
    void proven(Proof proof, String tlsProtocol, ConnectorTrace trace) {
        if (proof.tls() || trace.miss() != null) {
            String subject = proof.certificateName().isEmpty() ? null : proof.certificateName();
            facts = new ConnectionEvent.Facts(
                    trace.miss(), proof.tls() ? tlsProtocol : null, subject, null, null, null, null);
        }
    }

    ConnectionEvent.Facts facts() {
        return facts;
    }

    /** @param planned recipients a day that were announced for the sender, 0 for none */
    void decided(Answer decided, boolean retry, long planned) {
        answer = decided;
        isRetry = retry;
        this.planned = planned;
    }

    long planned() {
        return planned;
    }

    /** A recipient passed. */
    void admit(long nowMs) {
        admitted++;
        lastMs = nowMs;
    }

    int admitted() {
        return admitted;
    }

    /** Whether a recipient passed; may be asked by whoever does not hold it. */
    synchronized boolean hasAdmitted() {
        return admitted > 0;
    }

    long lastMs() {
        return lastMs;
    }

    void seen(long nowMs) {
        lastMs = nowMs;
    }
}
