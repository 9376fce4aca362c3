package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.engine.Answer;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/senders/ADDRESS}: what is known of the sender that an address belongs to, or of a {@code pool:NAME}. */
final class SenderRoute implements Handler {
    private static final String POOL = "pool:";
    private static final Duration STARTING = Duration.ofSeconds(2);

    private final Queries queries;
    private final LongUnaryOperator asOf;

    /** @param asOf the moment to look at, from the greatest event time that the sender's partition has seen */
    SenderRoute(Queries queries, LongUnaryOperator asOf) {
        this.queries = queries;
        this.asOf = asOf;
    }

    /** Before there is an engine. */
    static void starting(Context response) {
        unavailable(response, "the engine has not started yet", STARTING);
    }

    @Override
    public void handle(Context response) {
        String asked = response.pathParam("address");
        try {
            if (asked.startsWith(POOL)) {
                tell(response, SenderKey.pool(asked.substring(POOL.length())));
            } else {
                SenderKey sender = here(response, queries.senderOf(asked));
                if (sender != null) {
                    tell(response, sender);
                }
            }
        } catch (IllegalArgumentException e) {
            new Problem(HttpStatus.BAD_REQUEST, e.getMessage() + "; give an IPv4 or IPv6 address, or pool:NAME")
                    .writeTo(response);
        }
    }

    private void tell(Context response, SenderKey sender) {
        SenderFacts facts = here(response, queries.sender(sender));
        if (facts == null) {
            return;
        }
        SenderState state = facts.state().orElse(null);
        if (state == null && facts.trusted().isEmpty()) {
            new Problem(
                            HttpStatus.NOT_FOUND,
                            "nothing is known of " + sender.text()
                                    + ": it has sent nothing lately, and would be a newcomer")
                    .writeTo(response);
            return;
        }
        ObjectNode json = SenderJson.head(sender);
        if (state != null) {
            json.setAll(known(sender, state, facts));
        }
        ArrayNode connectors = json.putArray("connectors");
        for (SenderFacts.Trusted trusted : facts.trusted()) {
            connectors
                    .addObject()
                    .put("connector", trusted.sender().connector())
                    .setAll(known(trusted.sender(), trusted.state(), facts));
        }
        response.contentType("application/json").result(json.toString());
    }

    private ObjectNode known(SenderKey sender, SenderState state, SenderFacts facts) {
        SenderView view = SenderView.of(state, facts.controls().of(sender, state), asOf.applyAsLong(facts.newestMs()));
        InForce inForce = view.inForce();
        return SenderJson.of(state, view, inForce == null ? null : verdict(sender, inForce));
    }

    /** The record of the throttle in force, which tells more than the state keeps; null when it cannot be had at the moment. */
    private @Nullable Verdict verdict(SenderKey sender, InForce inForce) {
        Answer<List<Verdict>> found = queries.verdictsOf(sender, inForce.decidedAtMs(), inForce.decidedAtMs());
        if (found instanceof Answer.Local<List<Verdict>> local) {
            for (Verdict one : local.value()) {
                if (one.caseId().equals(inForce.caseId())) {
                    return one;
                }
            }
        }
        return null;
    }

    /** The value when this engine has it; otherwise the response says who does, and this is null. */
    private static <T> @Nullable T here(Context response, Answer<T> answer) {
        if (answer instanceof Answer.Local<T> local) {
            return local.value();
        }
        if (answer instanceof Answer.Remote<T> remote) {
            elsewhere(response, remote.host(), remote.port());
        } else if (answer instanceof Answer.Unavailable<T> unavailable) {
            unavailable(response, unavailable.reason(), unavailable.retryAfter());
        }
        return null;
    }

    private static void unavailable(Context response, String reason, Duration retryAfter) {
        response.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        new Problem(HttpStatus.SERVICE_UNAVAILABLE, reason + "; try again").writeTo(response);
    }

    /** Sends whoever asks there, unless the other engine has told nobody an address at which anybody else can reach it. */
    private static void elsewhere(Context response, String host, int port) {
        String there = (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        String detail = "this sender is known to the engine at " + there;
        if (isLoopback(host)) {
            new Problem(HttpStatus.MISDIRECTED_REQUEST, detail + ", which has no http.advertised").writeTo(response);
        } else {
            response.header("Location", "http://" + there + response.path());
            new Problem(HttpStatus.TEMPORARY_REDIRECT, detail).writeTo(response);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // Whoever asks may know the name; we do not.
            return false;
        }
    }
}
