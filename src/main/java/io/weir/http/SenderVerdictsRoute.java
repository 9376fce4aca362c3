package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.operator.RecordsJson;
import java.time.Duration;
import java.util.List;

/** {@code GET /v1/senders/ADDRESS/verdicts?from&to}: every verdict on a sender within a span, oldest first. */
final class SenderVerdictsRoute implements Question {
    private static final Duration LONGEST = Duration.ofDays(35);
    private static final int MOST = 1_000;

    @Override
    public ObjectNode answer(Context request, Served engine, Queries queries, Source source) {
        Params.only(request, "from", "to");
        SenderKey sender = SenderRoute.sender(request, queries, source);
        SenderFacts facts = source.value(queries.sender(sender));
        long asOfMs = engine.moment().at(facts.newestMs());
        Params.Span span = Params.Span.of(request, asOfMs, LONGEST, LONGEST);
        List<Verdict> found = source.value(queries.verdictsOf(sender, span.fromMs(), span.toMs()));
        ObjectNode json = SenderJson.head(sender);
        engine.moment().addTo(json, asOfMs);
        json.put("fromMs", span.fromMs()).put("toMs", span.toMs());
        ArrayNode verdicts = json.putArray("verdicts");
        // Of too many those that are newest.
        found.subList(Math.max(0, found.size() - MOST), found.size())
                .forEach(verdict -> verdicts.add(RecordsJson.of(verdict)));
        json.put("more", found.size() > MOST);
        return json;
    }
}
