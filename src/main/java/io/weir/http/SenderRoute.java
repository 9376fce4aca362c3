package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.engine.Answer;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Here.unavailable(response, "the engine has not started yet", STARTING);
    }

    @Override
    public void handle(Context response) {
        String asked = response.pathParam("address");
        try {
            if (asked.startsWith(POOL)) {
                tell(response, SenderKey.pool(asked.substring(POOL.length())));
            } else {
                SenderKey sender = Here.value(response, queries.senderOf(asked));
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
        SenderFacts facts = Here.value(response, queries.sender(sender));
        if (facts == null) {
            return;
        }
        SenderState state = facts.state().orElse(null);
        if (state == null) {
            new Problem(
                            HttpStatus.NOT_FOUND,
                            "nothing is known of " + sender.text()
                                    + ": it has sent nothing lately, and would be a newcomer")
                    .writeTo(response);
            return;
        }
        SenderView view = SenderView.of(state, facts.controls(), asOf.applyAsLong(facts.newestMs()));
        InForce inForce = view.inForce();
        Verdict verdict = inForce == null ? null : verdict(sender, inForce);
        response.contentType("application/json")
                .result(SenderJson.of(sender, state, view, verdict, held(sender, facts, view.asOfMs()))
                        .toString());
    }

    private static Map<NetworkKey, InForce> held(SenderKey sender, SenderFacts facts, long asOfMs) {
        Map<NetworkKey, InForce> held = new LinkedHashMap<>();
        for (NetworkKey network : sender.networks()) {
            NetworkState state = facts.networks().get(network);
            InForce inForce = state == null ? null : state.throttleOf(sender, network, asOfMs);
            if (inForce != null) {
                held.put(network, inForce);
            }
        }
        return held;
    }

    /** The record of the throttle in force, which tells more than the state keeps; null when it cannot be had at the moment. */
    private @Nullable Verdict verdict(SenderKey sender, InForce inForce) {
        return ofCase(queries.verdictsOf(sender, inForce.decidedAtMs(), inForce.decidedAtMs()), inForce);
    }

    static @Nullable Verdict ofCase(Answer<List<Verdict>> found, InForce inForce) {
        if (found instanceof Answer.Local<List<Verdict>> local) {
            for (Verdict one : local.value()) {
                if (one.caseId().equals(inForce.caseId())) {
                    return one;
                }
            }
        }
        return null;
    }
}
