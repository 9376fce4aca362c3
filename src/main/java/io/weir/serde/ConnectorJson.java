package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.model.Connector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Records of {@code smtp-connectors} as {@code topics/schemas/connector.schema.json} describes them. */
public final class ConnectorJson {
    /** Most bytes of one record: a thousand networks and a thousand domains. */
    public static final int MAX_BYTES = 512 * 1024;

    private static final int VERSION = 1;

    private ConnectorJson() {}

    /**
     * Unknown fields are ignored.
     *
     * @throws MalformedConnectorException when a required field is missing or any known field is not as it must be
     */
    public static Connector read(byte[] json) {
        return new ConnectorReader(json).connector();
    }

    public static byte[] write(Connector connector) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeStringField("name", connector.name());
            json.writeStringField("kind", connector.kind().label());
            json.writeBooleanField("enabled", connector.enabled());
            json.writeStringField("mode", connector.enforced() ? "enforce" : "test");
            texts(json, "clientNetworks", connector.clientNetworks());
            texts(json, "tlsCertificateNames", connector.tlsCertificateNames());
            texts(json, "tlsPublicKeyFingerprints", connector.tlsPublicKeyFingerprints());
            json.writeBooleanField("requireTls", connector.requireTls());
            texts(json, "senderDomains", connector.senderDomains());
            json.writeBooleanField("restrictToNetworks", connector.restrictToNetworks());
            json.writeBooleanField("restrictToCertificates", connector.restrictToCertificates());
            if (!connector.comment().isEmpty()) {
                json.writeStringField("comment", connector.comment());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An empty list says the same as none. */
    private static void texts(JsonGenerator json, String field, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            json.writeArrayFieldStart(field);
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        }
    }
}
