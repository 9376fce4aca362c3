package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.model.SenderKey;
import io.weir.throttle.PackedRows;
import io.weir.throttle.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /v1/senders/ADDRESS/history?from&to&step}: what a sender sent, hour by hour or day by day (UTC). Hours without mail are left out. */
final class SenderHistoryRoute implements Question {
    private static final Duration USUAL = Duration.ofDays(28);
    private static final Duration LONGEST = Duration.ofDays(42);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final List<String> STEPS = List.of("PT1H", "P1D");

    @Override
    public ObjectNode answer(Context request, Served engine, Queries queries, Source source) {
        Params.only(request, "from", "to", "step");
        long stepMs = Params.oneOf(request, "step", STEPS).equals("P1D") ? DAY_MS : HOUR_MS;
        SenderKey sender = SenderRoute.sender(request, queries, source);
        SenderFacts facts = source.value(queries.sender(sender));
        long asOfMs = engine.moment().at(facts.newestMs());
        Params.Span span = Params.Span.of(request, asOfMs, USUAL, LONGEST);
        List<PackedRows.Row> hours =
                source.value(queries.traffic(sender, span.fromMs() / DAY_MS, span.toMs() / DAY_MS));
        ObjectNode json = SenderJson.head(sender);
        engine.moment().addTo(json, asOfMs);
        json.put("fromMs", span.fromMs()).put("toMs", span.toMs()).put("stepMs", stepMs);
        ArrayNode points = json.putArray("points");
        sums(hours, span, stepMs).forEach((atMs, sums) -> {
            ObjectNode point = points.addObject().put("atMs", atMs);
            for (Traffic.Column column : Traffic.Column.values()) {
                point.put(SenderJson.name(column), sums[column.ordinal()]);
            }
        });
        return json;
    }

    /** Of each step that has any of the span's hours. */
    private static Map<Long, long[]> sums(List<PackedRows.Row> hours, Params.Span span, long stepMs) {
        Map<Long, long[]> sums = new TreeMap<>();
        for (PackedRows.Row hour : hours) {
            long hourMs = hour.index() * HOUR_MS;
            if (hourMs + HOUR_MS <= span.fromMs() || hourMs > span.toMs()) {
                continue;
            }
            long[] sum =
                    sums.computeIfAbsent(hourMs / stepMs * stepMs, step -> new long[Traffic.Column.values().length]);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += hour.get(i);
            }
        }
        return sums;
    }
}
