package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of {@code smtp-overrides} as {@code topics/schemas/override.schema.json} describes them. */
public final class OverrideJson {
    /** Most bytes of one record. */
    public static final int MAX_BYTES = 8 * 1024;

    /** What passes of a throttled target's mail when nothing else is said. */
    public static final double DEFAULT_ADMIT = 0.01;

    private static final int VERSION = 1;

    private OverrideJson() {}

    /**
     * Unknown fields are ignored.
     *
     * @throws MalformedOverrideException when a required field is missing or any known field is not as it must be
     */
    public static OperatorOverride read(byte[] json) {
        return new OverrideReader(json).override();
    }

    public static byte[] write(OperatorOverride override) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeStringField("target", override.target());
            json.writeStringField("action", override.action().label());
            if (override.action() == Action.THROTTLE) {
                json.writeFieldName("admit");
                json.writeNumber(VerdictJson.admitText(override.admit()));
            }
            if (override.action() == Action.PLANNED) {
                json.writeNumberField("volume", override.volume());
            }
            json.writeStringField("author", override.author());
            json.writeStringField("comment", override.comment());
            json.writeNumberField("createdAtMs", override.createdAtMs());
            if (override.fromMs() > 0) {
                json.writeNumberField("fromMs", override.fromMs());
            }
            json.writeNumberField("expiresAtMs", override.expiresAtMs());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
