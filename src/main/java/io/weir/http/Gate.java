package io.weir.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.weir.operator.OperatorException;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before every route, and what becomes of what goes wrong behind it: always a problem document. */
final class Gate {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE");
    private static final String WAIT_SECONDS = "1";

    private final Admission admission;
    private final RateLimit rate;
    private final boolean hasTls;

    Gate(Admission admission, RateLimit rate, boolean hasTls) {
        this.admission = admission;
        this.rate = rate;
        this.hasTls = hasTls;
    }

    void addTo(JavalinConfig config) {
        config.routes.before(this::enter);
        config.routes.beforeMatched(admission::admit);
        config.routes.exception(ProblemException.class, Gate::write);
        config.routes.exception(OperatorException.class, (e, response) -> write(problem(e), response));
        config.routes.exception(HttpResponseException.class, Gate::refused);
        config.routes.exception(Exception.class, Gate::failed);
    }

    /** A HEAD would be answered without a look at what it asks for, and so is not. */
    private void enter(Context context) {
        Headers.forEach(context::header);
        if (hasTls) {
            context.header(Headers.STRICT_TRANSPORT, Headers.A_YEAR);
        }
        String asker = Asker.addressOf(context);
        if (!admission.isPeer(context) && !rate.take(asker)) {
            throw new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too many requests from " + Params.shortened(asker) + "; wait a second",
                    Map.of("Retry-After", WAIT_SECONDS));
        }
        String method = context.req().getMethod();
        if (!METHODS.contains(method)
                && !(method.equals("HEAD") && context.path().startsWith("/health/"))) {
            throw new ProblemException(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "GET, PUT, POST and DELETE are answered here, each where /v1/openapi.json says so",
                    Map.of("Allow", "GET, PUT, POST, DELETE"));
        }
    }

    private static void write(ProblemException e, Context response) {
        e.headers().forEach(response::header);
        e.problem().writeTo(response);
    }

    private static ProblemException problem(OperatorException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case INVALID -> ProblemException.bad(message);
            case MISSING -> new ProblemException(HttpStatus.NOT_FOUND, message);
            case CONFLICT -> new ProblemException(HttpStatus.CONFLICT, message);
            case FORBIDDEN ->
                // The caller may, but this engine's user of Kafka may not: nothing that the caller could mend.
                new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, message, Map.of("Retry-After", "60"));
            case UNREACHABLE ->
                new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, message, Map.of("Retry-After", "2"));
        };
    }

    private static void refused(HttpResponseException e, Context response) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String detail = switch (status) {
            case NOT_FOUND ->
                "there is no " + Params.shortened(response.path()) + "; /v1/openapi.json says what there is";
            case METHOD_NOT_ALLOWED -> allowed(e, response);
            case CONTENT_TOO_LARGE -> "a body may have " + Body.MOST_BYTES + " bytes";
            default -> String.valueOf(e.getMessage());
        };
        new Problem(status, detail).writeTo(response);
    }

    private static String allowed(HttpResponseException e, Context response) {
        String methods = e.getDetails().getOrDefault("availableMethods", "GET");
        response.header("Allow", methods);
        return "only " + methods + " is answered here";
    }

    /** What went wrong is ours to know, not the asker's. */
    private static void failed(Exception e, Context response) {
        log.warn("no answer to {}", response.path(), e);
        new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "the answer failed; the log of the engine says why")
                .writeTo(response);
    }
}
