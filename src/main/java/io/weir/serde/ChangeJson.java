package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.model.OperatorChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of {@code smtp-changes} as {@code topics/schemas/change.schema.json} describes them. */
public final class ChangeJson {
    /** Most bytes of one record: the largest connector, and who changed it. */
    public static final int MAX_BYTES = ConnectorJson.MAX_BYTES + 8 * 1024;

    private static final int VERSION = 1;

    private ChangeJson() {}

    /**
     * Unknown fields are ignored.
     *
     * @throws MalformedChangeException when a required field is missing or any known field is not as it must be
     */
    public static OperatorChange read(byte[] json) {
        return new ChangeReader(json).change();
    }

    public static byte[] write(OperatorChange change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeStringField("kind", change.kind().label());
            json.writeStringField("key", change.key());
            json.writeStringField("action", change.action().label());
            json.writeStringField("author", change.author());
            if (!change.comment().isEmpty()) {
                json.writeStringField("comment", change.comment());
            }
            json.writeNumberField("atMs", change.atMs());
            if (change.record() != null) {
                json.writeFieldName("record");
                json.writeRawValue(change.record());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
