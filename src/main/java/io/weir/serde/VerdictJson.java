package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Records of {@code smtp-verdicts} as {@code topics/schemas/verdict.schema.json} describes them. The same verdict is always the same bytes. */
public final class VerdictJson {
    /** Most bytes of one record: a network verdict may list every sender it spares. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Most senders that a network verdict spares. */
    public static final int MAX_EXEMPT = 1024;

    private static final int VERSION = 1;
    private static final int ADMIT_SCALE = 10_000;
    private static final long DAY_MS = 86_400_000L;

    private VerdictJson() {}

    /**
     * Unknown fields are ignored.
     *
     * @throws MalformedVerdictException when a field other than {@code exempt} is missing or any known field is not as it must be
     */
    public static Verdict read(byte[] json) {
        return new VerdictReader(json).verdict();
    }

    /** @throws IllegalArgumentException when the record would exceed {@link #MAX_BYTES} or {@link #MAX_EXEMPT} */
    public static byte[] write(Verdict verdict) {
        if (verdict.exempt().size() > MAX_EXEMPT) {
            throw new IllegalArgumentException("a verdict may list " + MAX_EXEMPT + " exempt senders, got "
                    + verdict.exempt().size());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields(json, verdict);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("a verdict may have " + MAX_BYTES + " bytes, got " + bytes.size());
        }
        return bytes.toByteArray();
    }

    private static void fields(JsonGenerator json, Verdict verdict) throws IOException {
        json.writeNumberField("v", VERSION);
        json.writeStringField("client", verdict.client());
        json.writeStringField("action", verdict.action().label());
        json.writeStringField("mode", verdict.mode().label());
        json.writeFieldName("admit");
        json.writeNumber(admitText(verdict.admit()));
        json.writeNumberField("replyCode", verdict.replyCode());
        json.writeStringField("enhancedStatusCode", verdict.enhancedStatusCode());
        json.writeNumberField("as", verdict.as());
        json.writeStringField("reason", verdict.reason());
        json.writeStringField("case", verdict.caseId());
        json.writeStringField("horizon", horizonText(verdict.horizonMs()));
        json.writeNumberField("observed", verdict.observed());
        json.writeNumberField("record", verdict.record());
        json.writeNumberField("allowance", verdict.allowance());
        json.writeArrayFieldStart("exempt");
        for (String sender : verdict.exempt()) {
            json.writeString(sender);
        }
        json.writeEndArray();
        if (verdict.floor() > 0) {
            json.writeNumberField("floor", verdict.floor());
        }
        json.writeNumberField("decidedAtMs", verdict.decidedAtMs());
        json.writeNumberField("expiresAtMs", verdict.expiresAtMs());
        json.writeNumberField("seq", verdict.seq());
        json.writeStringField("rules", verdict.rules());
    }

    /** Four decimals at most, by integer arithmetic: what a platform prints for a double must not decide over equal bytes. */
    static String admitText(double admit) {
        if (!(admit >= 0 && admit <= 1)) {
            throw new IllegalArgumentException("admit must be 0 to 1, got " + admit);
        }
        long scaled = Math.round(admit * ADMIT_SCALE);
        if (scaled % ADMIT_SCALE == 0) {
            return Long.toString(scaled / ADMIT_SCALE);
        }
        String digits = Long.toString(ADMIT_SCALE + scaled).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return "0." + digits.substring(0, end);
    }

    /** ISO 8601; whole days as days, which {@link Duration#toString()} would write as hours. */
    static String horizonText(long horizonMs) {
        return horizonMs > 0 && horizonMs % DAY_MS == 0
                ? "P" + horizonMs / DAY_MS + "D"
                : Duration.ofMillis(horizonMs).toString();
    }
}
