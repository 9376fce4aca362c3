package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.engine.NetworkFacts;
import io.weir.engine.Queries;
import io.weir.model.NetworkKey;
import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import io.weir.throttle.NetworkState;
import io.weir.throttle.NetworkView;
import java.util.function.LongUnaryOperator;

/** {@code GET /v1/networks/ADDRESS/BITS}: what is known of the senders of a /24, /56 or /48, and of its newcomers together. */
final class NetworkRoute implements Handler {
    private final Queries queries;
    private final LongUnaryOperator asOf;

    /** @param asOf the moment to look at, from the greatest event time that the network's partition has seen */
    NetworkRoute(Queries queries, LongUnaryOperator asOf) {
        this.queries = queries;
        this.asOf = asOf;
    }

    @Override
    public void handle(Context response) {
        try {
            tell(response, NetworkKey.parse(response.pathParam("address") + "/" + response.pathParam("bits")));
        } catch (IllegalArgumentException e) {
            new Problem(
                            HttpStatus.BAD_REQUEST,
                            e.getMessage() + "; give an IPv4 /24 or an IPv6 /56 or /48, such as 203.0.113.0/24")
                    .writeTo(response);
        }
    }

    private void tell(Context response, NetworkKey network) {
        NetworkFacts facts = Here.value(response, queries.network(network));
        if (facts == null) {
            return;
        }
        NetworkState state = facts.state().orElse(null);
        if (state == null) {
            new Problem(HttpStatus.NOT_FOUND, "nothing is known of " + network.text() + ": no sender of it lately")
                    .writeTo(response);
            return;
        }
        NetworkView view = NetworkView.of(network, state, facts.controls(), asOf.applyAsLong(facts.newestMs()));
        InForce inForce = view.newcomers() == null ? null : view.newcomers().inForce();
        Verdict verdict = inForce == null
                ? null
                : SenderRoute.ofCase(
                        queries.verdictsOf(network, inForce.decidedAtMs(), inForce.decidedAtMs()), inForce);
        response.contentType("application/json")
                .result(NetworkJson.of(view, verdict).toString());
    }
}
