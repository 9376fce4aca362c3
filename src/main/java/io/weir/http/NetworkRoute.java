package io.weir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.engine.NetworkFacts;
import io.weir.engine.Queries;
import io.weir.model.NetworkKey;
import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import io.weir.throttle.NetworkState;
import io.weir.throttle.NetworkView;

/** {@code GET /v1/networks/ADDRESS/BITS}: what is known of the senders of a /24, /56 or /48, and of its newcomers together. */
final class NetworkRoute implements Question {
    @Override
    public ObjectNode answer(Context request, Served engine, Queries queries, Source source) {
        Params.only(request);
        NetworkKey network = network(request);
        NetworkFacts facts = source.value(queries.network(network));
        NetworkState state = facts.state().orElse(null);
        if (state == null) {
            source.requireComplete();
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "nothing is known of " + network.text() + ": no sender of it lately");
        }
        long asOfMs = engine.moment().at(facts.newestMs());
        NetworkView view = NetworkView.of(network, state, facts.controls(), asOfMs);
        InForce inForce = view.newcomers() == null ? null : view.newcomers().inForce();
        Verdict verdict = inForce == null
                ? null
                : SenderRoute.ofCase(
                        queries.verdictsOf(network, inForce.decidedAtMs(), inForce.decidedAtMs()), inForce);
        ObjectNode json = NetworkJson.of(view, verdict);
        engine.moment().addTo(json, asOfMs);
        return json;
    }

    private static NetworkKey network(Context request) {
        try {
            return NetworkKey.parse(request.pathParam("address") + "/" + request.pathParam("bits"));
        } catch (IllegalArgumentException e) {
            throw ProblemException.bad(
                    e.getMessage() + "; give an IPv4 /24 or an IPv6 /56 or /48, such as 203.0.113.0/24");
        }
    }
}
