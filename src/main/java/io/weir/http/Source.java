package io.weir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.Answer;
import java.time.Duration;

/** Where the parts of one answer come from: who judges the sender, or a copy that may be a little old, which the answer then says. */
final class Source {
    private static final Duration COPY_RETRY = Duration.ofSeconds(2);

    private boolean standby;
    private long lag;

    /**
     * The value of a part.
     *
     * @throws ElsewhereException when another engine has it
     * @throws ProblemException when nobody has it at the moment
     */
    <T> T value(Answer<T> answer) {
        if (answer instanceof Answer.Local<T> local) {
            standby |= local.standby();
            boolean isUnknown = lag == Answer.UNKNOWN_LAG || local.lag() == Answer.UNKNOWN_LAG;
            lag = isUnknown ? Answer.UNKNOWN_LAG : Math.max(lag, local.lag());
            return local.value();
        }
        if (answer instanceof Answer.Remote<T> remote) {
            throw new ElsewhereException(remote.engines());
        }
        Answer.Unavailable<T> unavailable = (Answer.Unavailable<T>) answer;
        throw ProblemException.unavailable(unavailable.reason(), unavailable.retryAfter());
    }

    /**
     * To be asked before anything is called unknown: a copy that lags may not have heard of it yet.
     *
     * @throws ProblemException when nobody can know at the moment
     */
    void requireComplete() {
        if (standby && lag != 0) {
            throw ProblemException.unavailable(
                    "the engine that judges this is away, and a copy that lacks "
                            + (lag == Answer.UNKNOWN_LAG ? "nobody knows how many" : Long.toString(lag))
                            + " changes knows nothing of it",
                    COPY_RETRY);
        }
    }

    void addTo(ObjectNode json) {
        json.put("standby", standby);
        if (standby && lag != Answer.UNKNOWN_LAG) {
            json.put("lag", lag);
        } else if (standby) {
            json.putNull("lag");
        }
    }
}
