package io.weir.replay.offline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.weir.model.Outcome;
import io.weir.throttle.Rules;
import io.weir.throttle.Standing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a replay came to, for programs: one JSON object. Counts are recipients, delays milliseconds to the minute.
 *
 * @param rules those it was judged by at its end
 * @param assumptions what the figures rest on, in sentences
 */
public record Summary(Setup setup, Rules rules, Tally tally, List<String> assumptions) {
    private static final int VERSION = 1;
    private static final int MOST_SENDERS = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** Ends with a line's end. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeStringField("way", setup.way().label());
            json.writeStringField("retryModel", setup.retries().label());
            json.writeNumberField("verdictDelayMs", setup.verdictDelay().toMillis());
            strings(json, "assumptions", assumptions);
            rules(json);
            totals(json);
            senders(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void rules(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("rules");
        json.writeStringField("id", rules.id());
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> one : new TreeMap<>(rules.settings()).entrySet()) {
            json.writeStringField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void totals(JsonGenerator json) throws IOException {
        json.writeNumberField("firstMs", tally.firstMs());
        json.writeNumberField("lastMs", tally.lastMs());
        json.writeObjectFieldStart("recorded");
        for (Map.Entry<Outcome, Long> one : tally.recorded().entrySet()) {
            json.writeNumberField(one.getKey().label(), one.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("senders", tally.senders().size());
        json.writeNumberField("throttled", tally.throttled());
        json.writeNumberField("verdicts", tally.verdicts());
        json.writeNumberField("attempts", tally.attempts());
        json.writeNumberField("deferred", tally.deferred());
        json.writeNumberField("wouldDefer", tally.wouldDefer());
        json.writeNumberField("deferrals", tally.deferrals());
        json.writeNumberField("givenUp", tally.givenUp());
        delays(json, tally.delays());
        json.writeObjectFieldStart("deferralsByReason");
        for (Map.Entry<String, Long> one : tally.deferralsByReason().entrySet()) {
            json.writeNumberField(one.getKey(), one.getValue());
        }
        json.writeEndObject();
    }

    private void delays(JsonGenerator json, Delays delays) throws IOException {
        if (setup.way() != Way.WHAT_IF) {
            return;
        }
        json.writeObjectFieldStart("delay");
        json.writeNumberField("attempts", delays.attempts());
        json.writeNumberField("medianMs", delays.quantileMs(0.5));
        json.writeNumberField("p99Ms", delays.quantileMs(0.99));
        json.writeNumberField("maxMs", delays.mostMs());
        json.writeNumberField("sumHours", Math.round(delays.hours()));
        json.writeEndObject();
    }

    /** Those who were held up. */
    private void senders(JsonGenerator json) throws IOException {
        List<SenderTally> touched = tally.touched();
        json.writeNumberField("touched", touched.size());
        json.writeArrayFieldStart("deferredMost");
        for (SenderTally one : touched.subList(0, Math.min(MOST_SENDERS, touched.size()))) {
            json.writeStartObject();
            json.writeStringField("sender", one.sender().text());
            strings(
                    json,
                    "standings",
                    one.standings().stream().map(Standing::label).toList());
            strings(json, "reasons", List.copyOf(one.reasons()));
            json.writeNumberField("throttles", tally.throttles(one.sender().text()));
            json.writeNumberField("attempts", one.attempts());
            json.writeNumberField("deferred", one.deferred());
            json.writeNumberField("wouldDefer", one.wouldDefer());
            json.writeNumberField("deferrals", one.deferrals());
            json.writeNumberField("givenUp", one.givenUp());
            delays(json, one.delays());
            json.writeNumberField("firstDeferredMs", one.firstTouchedMs());
            json.writeNumberField("lastDeferredMs", one.lastTouchedMs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
