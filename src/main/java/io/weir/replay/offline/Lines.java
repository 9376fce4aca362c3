package io.weir.replay.offline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes what it sees as JSON, an object on each line. */
public final class Lines {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private Lines() {}

    /** Verdicts as they are on the topic. */
    public static Observer verdicts(OutputStream out) {
        return new Observer() {
            @Override
            public void judged(Verdict verdict) {
                try {
                    out.write(VerdictJson.write(verdict));
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /**
     * What edges answer: {@code atMs}, {@code client}, {@code sender} (where that is not the client), {@code attempts} (recipients of one
     * transaction, which share one answer), {@code decision}, and when a verdict was in force {@code reason}, {@code fraction} and
     * {@code case}; of a retry {@code sinceMs}.
     */
    public static Observer decisions(OutputStream out, Way way) {
        return new Observer() {
            @Override
            public void decided(Decision decision) {
                try (JsonGenerator json = JSON.createGenerator(out)) {
                    json.writeStartObject();
                    json.writeStringField("way", way.label());
                    fields(json, decision);
                    json.writeEndObject();
                    json.writeRaw('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private static void fields(JsonGenerator json, Decision decision) throws IOException {
        json.writeNumberField("atMs", decision.atMs());
        json.writeStringField("client", decision.client());
        if (!decision.client().equals(decision.sender().text())) {
            json.writeStringField("sender", decision.sender().text());
        }
        json.writeNumberField("attempts", decision.attempts());
        json.writeStringField("decision", decision.fate().label());
        if (decision.isRetry()) {
            json.writeNumberField("sinceMs", decision.sinceMs());
        }
        Verdict verdict = decision.verdict();
        if (verdict != null) {
            json.writeStringField("reason", verdict.reason());
            json.writeNumberField(
                    "fraction",
                    BigDecimal.valueOf(verdict.admit())
                            .setScale(4, RoundingMode.HALF_UP)
                            .stripTrailingZeros());
            json.writeStringField("case", verdict.caseId());
        }
    }
}
