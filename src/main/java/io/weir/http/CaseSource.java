package io.weir.http;

import io.weir.explain.Live;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where cases are looked up. */
interface CaseSource {
    /**
     * What is asked, and by whom.
     *
     * @param askedFrom address of who asks; may be no address at all
     * @param isOperator whether exact figures may be shown whatever the address
     * @param wantedPerDay see {@link io.weir.explain.Question}
     */
    record Asked(
            String caseId,
            String askedFrom,
            boolean isOperator,
            @Nullable Long wantedPerDay) {}

    /**
     * What is known: {@link Live.Known} or {@link Live.Told} of a case, {@link Live.Unknown} when it is nowhere.
     *
     * @throws NotNowException when nobody can tell at the moment
     */
    Live find(Asked asked) throws NotNowException;

    /** State moves, or who might know does not answer. */
    final class NotNowException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Duration retryAfter;

        NotNowException(String why, Duration retryAfter) {
            super(why);
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }
}
