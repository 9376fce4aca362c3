package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/senders/ADDRESS}: what is known of the sender that an address belongs to, or of a {@code pool:NAME}. */
final class SenderRoute implements Question {
    private static final String POOL = "pool:";

    private final OperatorsWord operators = new OperatorsWord();

    @Override
    public ObjectNode answer(Context request, Served engine, Queries queries, Source source) {
        Params.only(request);
        SenderKey sender = sender(request, queries, source);
        SenderFacts facts = source.value(queries.sender(sender));
        SenderState state = facts.state().orElse(null);
        if (state == null && facts.trusted().isEmpty()) {
            source.requireComplete();
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "nothing is known of " + sender.text() + ": it has sent nothing lately, and would be a newcomer");
        }
        long asOfMs = engine.moment().at(facts.newestMs());
        ObjectNode json = SenderJson.head(sender);
        engine.moment().addTo(json, asOfMs);
        if (state != null) {
            json.setAll(known(queries, sender, state, facts, asOfMs));
        }
        ArrayNode connectors = json.putArray("connectors");
        for (SenderFacts.Trusted trusted : facts.trusted()) {
            connectors
                    .addObject()
                    .put("connector", trusted.sender().connector())
                    .setAll(known(queries, trusted.sender(), trusted.state(), facts, asOfMs));
        }
        operators.addTo(json, engine, sender, request.pathParam("address"), asOfMs);
        return json;
    }

    /**
     * The sender that the path names.
     *
     * @throws ProblemException when it names none
     */
    static SenderKey sender(Context request, Queries queries, Source source) {
        String asked = request.pathParam("address");
        try {
            return asked.startsWith(POOL)
                    ? SenderKey.pool(asked.substring(POOL.length()))
                    : source.value(queries.senderOf(asked));
        } catch (IllegalArgumentException e) {
            throw ProblemException.bad(e.getMessage() + "; give an IPv4 or IPv6 address, or pool:NAME");
        }
    }

    private static ObjectNode known(
            Queries queries, SenderKey sender, SenderState state, SenderFacts facts, long asOfMs) {
        SenderView view = SenderView.of(state, facts.controls().of(sender, state), asOfMs);
        InForce inForce = view.inForce();
        ObjectNode json = SenderJson.of(state, view, inForce == null ? null : verdict(queries, sender, inForce));
        ArrayNode networks = json.putArray("networkThrottles");
        for (NetworkKey network : sender.networks()) {
            NetworkState around = facts.networks().get(network);
            InForce held = around == null ? null : around.throttleOf(sender, network, view.asOfMs());
            if (held != null) {
                networks.addObject().put("network", network.text()).setAll((ObjectNode)
                        SenderJson.throttle(held, null));
            }
        }
        return json;
    }

    /** The record of the throttle in force, which tells more than the state keeps; null when it cannot be had at the moment. */
    private static @Nullable Verdict verdict(Queries queries, SenderKey sender, InForce inForce) {
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
