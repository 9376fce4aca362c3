package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Conduct;
import io.weir.throttle.InForce;
import io.weir.throttle.Life;
import io.weir.throttle.Ramp;
import io.weir.throttle.Reason;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import io.weir.throttle.Traffic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of a sender, as {@code /v1/senders/ADDRESS} tells it. Volumes are recipients; times are milliseconds since the epoch. */
final class SenderJson {
    private static final long DAY_MS = 86_400_000L;
    /** A ramp day begins when the day before closes, an hour after midnight UTC. */
    private static final long RAMP_DAY_BEGINS_MS = 3_600_000L;

    private static final double MILLION = 1_000_000.0;

    private SenderJson() {}

    /** Who it is. */
    static ObjectNode head(SenderKey sender) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("v", Json.VERSION)
                .put("sender", sender.text())
                .put("network", sender.network());
    }

    /**
     * What is known of it.
     *
     * @param stored the state that the view was made from: the view has brought it to its own time
     * @param verdict the record of the throttle in force, when it can be had
     */
    static ObjectNode of(SenderState stored, SenderView view, @Nullable Verdict verdict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("standing", view.standing().label());
        json.put("learning", view.learning());
        json.set("life", life(view.life(), stored.life().lastEventMs()));
        json.set("budgets", budgets(view.budgets()));
        json.set("bounces", budgets(view.bounces()));
        json.set("today", today(view));
        json.set("conduct", conduct(view.conduct(), view.fault()));
        json.set("throttle", throttle(view.inForce(), verdict));
        json.set("ramp", ramp(view));
        return json;
    }

    static ObjectNode life(Life life, long lastEventMs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("firstDay", date(life.firstDay()));
        json.put("activeDays", life.activeDays());
        if (life.activeDays() > 0) {
            json.put("lastActiveDay", date(life.lastActiveDay()));
        }
        json.put("lastEventMs", lastEventMs);
        return json;
    }

    static ArrayNode budgets(List<SenderView.Budget> budgets) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (SenderView.Budget budget : budgets) {
            json.addObject()
                    .put("horizon", budget.horizon().label())
                    .put("record", budget.record())
                    .put("allowance", budget.allowance())
                    .put("freeNow", budget.freeNow());
        }
        return json;
    }

    static ObjectNode today(SenderView view) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("day", date(view.asOfMs() / DAY_MS));
        for (Traffic.Column column : Traffic.Column.values()) {
            json.put(name(column), view.today(column));
        }
        return json;
    }

    /** {@code WOULD_DEFER} is {@code wouldDefer}. */
    static String name(Traffic.Column column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private static ObjectNode conduct(Conduct conduct, @Nullable Reason fault) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("today", counts(conduct.today()));
        json.set("yesterday", counts(conduct.yesterday()));
        if (fault != null) {
            json.put("fault", fault.id()).put("meaning", fault.meaning()).put("fix", fault.fix());
        }
        return json;
    }

    private static ObjectNode counts(Conduct.Counts counts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("attempts", counts.attempts())
                .put("rejected", counts.rejected())
                .put("admitted", counts.admitted())
                .put("spam", counts.spam());
    }

    static JsonNode throttle(@Nullable InForce inForce, @Nullable Verdict verdict) {
        if (inForce == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        Reason reason = inForce.reason();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("reason", reason.id())
                .put("mode", inForce.mode().label())
                .put("admit", inForce.admitMicros() / MILLION)
                .put("horizon", inForce.horizon().label());
        if (verdict != null) {
            json.put("observed", verdict.observed())
                    .put("record", verdict.record())
                    .put("allowance", verdict.allowance())
                    .put("rules", verdict.rules());
        }
        return json.put("enhancedStatusCode", reason.enhancedStatusCode())
                .put("as", reason.as())
                .put("case", inForce.caseId())
                .put("decidedAtMs", inForce.decidedAtMs())
                .put("expiresAtMs", inForce.expiresAtMs())
                .put("meaning", reason.meaning())
                .put("fix", reason.fix());
    }

    static ArrayNode ramp(SenderView view) {
        LocalDate today = LocalDate.ofInstant(
                Instant.ofEpochMilli(Math.max(0, view.asOfMs() - RAMP_DAY_BEGINS_MS)), ZoneOffset.UTC);
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Ramp.Day day : view.ramp()) {
            json.addObject()
                    .put("date", today.plusDays(day.day()).toString())
                    .put("volume", day.volume())
                    .put("perHour", day.perHour())
                    .put("perFiveMinutes", day.perFiveMinutes())
                    .put("allowance", day.allowance());
        }
        return json;
    }

    private static String date(long epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
