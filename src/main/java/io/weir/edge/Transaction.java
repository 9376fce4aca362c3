package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.throttle.Answer;
import org.jspecify.annotations.Nullable;

/** One SMTP transaction under way. Guarded by itself. */
final class Transaction {
    private final ClientAddress client;
    private final boolean nullSender;
    private @Nullable Answer answer;
    private boolean isRetry;
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

    void decided(Answer decided, boolean retry) {
        answer = decided;
        isRetry = retry;
    }

    /** A recipient passed. */
    void admit(long nowMs) {
        admitted++;
        lastMs = nowMs;
    }

    int admitted() {
        return admitted;
    }

    long lastMs() {
        return lastMs;
    }

    void seen(long nowMs) {
        lastMs = nowMs;
    }
}
