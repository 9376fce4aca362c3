package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What an engine knows of a sender, for a person. */
final class SenderText {
    private final StringBuilder text;
    private final JsonNode sender;

    private SenderText(StringBuilder text, JsonNode sender) {
        this.text = text;
        this.sender = sender;
    }

    /** @param sender as {@code /v1/senders/ADDRESS} answers */
    static String of(JsonNode sender) {
        StringBuilder text = new StringBuilder(2 * 1024);
        new SenderText(text, sender).ordinary();
        for (JsonNode connector : sender.path("connectors")) {
            new SenderText(text, connector).trusted();
        }
        return text.toString().stripTrailing();
    }

    /**
     * A network's newcomers, which are judged as one sender.
     *
     * @param newcomers as {@code /v1/networks/ADDRESS/BITS} answers
     */
    static String together(JsonNode newcomers) {
        StringBuilder text = new StringBuilder(1024);
        SenderText of = new SenderText(text, newcomers);
        of.line("its newcomers together, judged as one sender:");
        if (newcomers.path("learning").asBoolean()) {
            of.line("the site is learning: no verdicts yet");
        }
        of.verdict();
        of.volumes();
        return text.toString().stripTrailing();
    }

    private void ordinary() {
        if (!sender.has("standing")) {
            line("%s  (network %s): known only by a connector", field("sender"), field("network"));
            return;
        }
        line("%s  (network %s), as of %s", field("sender"), field("network"), time(sender.path("asOfMs")));
        standing();
        if (sender.path("learning").asBoolean()) {
            line("the site is learning: no verdicts yet");
        }
        verdict();
        operators();
        volumes();
        ramp();
    }

    /** What goes before the verdict. */
    private void operators() {
        JsonNode override = sender.path("override");
        if (override.isObject()) {
            line("");
            line(
                    "an operator's word: %s for %s until %s, by %s: %s",
                    switch (override.path("action").asText()) {
                        case "allow" -> "all passes";
                        case "planned" ->
                            String.format(
                                    Locale.ROOT,
                                    "an announced volume of %,d recipients a day",
                                    override.path("volume").asLong());
                        default -> VerdictText.percent(override.path("admit").asDouble()) + " passes";
                    },
                    override.path("target").asText(),
                    time(override.path("expiresAtMs")),
                    override.path("author").asText(),
                    override.path("comment").asText());
        }
        for (JsonNode connector : sender.path("connectorsHere")) {
            line(
                    "its address is in the networks of connector %s (%s, %s)%s",
                    connector.path("name").asText(),
                    connector.path("kind").asText(),
                    connector.path("mode").asText(),
                    connector.path("needsCertificate").asBoolean() ? ", which takes a certificate, too" : "");
        }
        if (sender.path("standby").asBoolean()) {
            line("");
            line(
                    "from a copy, since the engine that judges is away; it lacks %s changes",
                    sender.path("lag").isNull()
                            ? "an unknown number of"
                            : sender.path("lag").asText());
        }
    }

    /** What comes by a connector is never throttled, and has a record all the same. */
    private void trusted() {
        line("");
        line("by connector %s, which is kept apart: trusted, so that all of it passes", field("connector"));
        standing();
        JsonNode alarm = sender.path("throttle");
        if (sender.path("learning").asBoolean()) {
            line("its usual is still being learnt: no alarm yet");
        } else if (alarm.isNull()) {
            line("no alarm: it sends as usual");
        } else {
            alarm(alarm);
        }
        volumes();
    }

    private void alarm(JsonNode alarm) {
        line(
                "ALARM for %s: it sends far above its usual; is it still in the right hands?",
                alarm.path("reason").asText());
        exceeded(alarm);
        line(
                "  since %s, until %s unless renewed; case %s",
                time(alarm.path("decidedAtMs")),
                time(alarm.path("expiresAtMs")),
                alarm.path("case").asText());
    }

    private void volumes() {
        budgets("mail", sender.path("budgets"));
        if (!sender.path("bounces").isEmpty()) {
            budgets("bounces (null sender)", sender.path("bounces"));
        }
        today();
    }

    private void standing() {
        JsonNode life = sender.path("life");
        line(
                "%s: first seen %s, %d days with mail that counts%s, last event %s",
                field("standing"),
                life.path("firstDay").asText(),
                life.path("activeDays").asLong(),
                life.has("lastActiveDay")
                        ? ", the last of them " + life.path("lastActiveDay").asText()
                        : "",
                time(life.path("lastEventMs")));
    }

    private void verdict() {
        line("");
        JsonNode throttle = sender.path("throttle");
        if (throttle.isNull() || throttle.isMissingNode()) {
            line("not throttled");
        } else {
            throttled(throttle);
        }
        for (JsonNode held : sender.path("networkThrottles")) {
            line("");
            line(
                    "held as one of the newcomers of %s ('weir senders %s' tells more):",
                    held.path("network").asText(), held.path("network").asText());
            throttled(held);
        }
        JsonNode conduct = sender.path("conduct");
        if (conduct.has("fault")) {
            line(
                    "held to the least allowance for %s: %s",
                    conduct.path("fault").asText(), conduct.path("meaning").asText());
            line("  what to do: %s", conduct.path("fix").asText());
        }
    }

    private void throttled(JsonNode throttle) {
        boolean shadow = throttle.path("mode").asText().equals("shadow");
        line(
                "throttled for %s: %s of its attempts %s let through%s",
                throttle.path("reason").asText(),
                VerdictText.percent(throttle.path("admit").asDouble()),
                shadow ? "would be" : "are",
                shadow ? " (shadow: in fact all pass)" : ", the rest is answered 451");
        exceeded(throttle);
        line("  why:        %s", throttle.path("meaning").asText());
        line("  what to do: %s", throttle.path("fix").asText());
        line(
                "  since %s, until %s unless renewed; %s (AS%d), case %s",
                time(throttle.path("decidedAtMs")),
                time(throttle.path("expiresAtMs")),
                throttle.path("enhancedStatusCode").asText(),
                throttle.path("as").asInt(),
                throttle.path("case").asText());
    }

    private void exceeded(JsonNode throttle) {
        if (throttle.has("observed")) {
            line(
                    "  %d recipients within %s came too fast for its allowance of %d, its record being %d",
                    throttle.path("observed").asLong(),
                    throttle.path("horizon").asText(),
                    throttle.path("allowance").asLong(),
                    throttle.path("record").asLong());
        }
    }

    private void budgets(String what, JsonNode budgets) {
        line("");
        line("%-24s %10s %10s %10s", what + ", recipients", "record", "allowance", "free now");
        for (JsonNode budget : budgets) {
            line(
                    "  within %-15s %10d %10d %10d",
                    budget.path("horizon").asText(),
                    budget.path("record").asLong(),
                    budget.path("allowance").asLong(),
                    budget.path("freeNow").asLong());
        }
    }

    private void today() {
        JsonNode today = sender.path("today");
        line("");
        line("today (%s UTC), recipients", today.path("day").asText());
        today.properties().forEach(count -> {
            if (count.getValue().isNumber()) {
                line("  %-22s %10d", words(count.getKey()), count.getValue().asLong());
            }
        });
    }

    private void ramp() {
        line("");
        line("the days ahead, if each day uses what it may, spread over 8 hours or more");
        line("  %-12s %12s %12s %14s", "day", "volume", "per hour", "per 5 minutes");
        for (JsonNode day : sender.path("ramp")) {
            line(
                    "  %-12s %12d %12d %14d",
                    day.path("date").asText(),
                    day.path("volume").asLong(),
                    day.path("perHour").asLong(),
                    day.path("perFiveMinutes").asLong());
        }
    }

    private String field(String name) {
        return sender.path(name).asText();
    }

    private static String time(JsonNode millis) {
        return VerdictText.seconds(millis.asLong());
    }

    /** {@code wouldDefer} is "would defer". */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
