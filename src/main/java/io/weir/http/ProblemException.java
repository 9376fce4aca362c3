package io.weir.http;

import io.javalin.http.HttpStatus;
import java.io.Serial;
import java.time.Duration;
import java.util.Map;

/** What is asked cannot be answered; the response is a {@link Problem}. Carries no stack trace: whoever asks may ask often. */
final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    ProblemException(HttpStatus status, String detail) {
        this(status, detail, Map.of());
    }

    ProblemException(HttpStatus status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.problem = new Problem(status, detail);
        this.headers = Map.copyOf(headers);
    }

    /** What was given is wrong. */
    static ProblemException bad(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, detail);
    }

    /** Later, perhaps. */
    static ProblemException unavailable(String reason, Duration retryAfter) {
        return new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE,
                reason + "; try again",
                Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    Problem problem() {
        return problem;
    }

    Map<String, String> headers() {
        return headers;
    }
}
