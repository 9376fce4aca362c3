package io.weir.operator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Connector;
import io.weir.serde.ConnectorJson;
import io.weir.serde.MalformedConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connector as somebody wants it: fields as in {@code topics/schemas/connector.schema.json}; enabled and in test mode where nothing is said. */
public final class ConnectorDraft {
    /** Fields of one in a file or over HTTP. */
    public static final List<String> FIELDS = List.of(
            "v",
            "name",
            "kind",
            "enabled",
            "mode",
            "clientNetworks",
            "tlsCertificateNames",
            "tlsPublicKeyFingerprints",
            "requireTls",
            "senderDomains",
            "restrictToNetworks",
            "restrictToCertificates",
            "comment");

    private ConnectorDraft() {}

    /**
     * Reads one; fields that are none of these were refused before.
     *
     * @throws OperatorException naming what can mean nothing
     */
    public static Connector read(ObjectNode record) {
        ObjectNode whole = record.deepCopy();
        whole.put("v", 1);
        if (!whole.has("enabled")) {
            whole.put("enabled", true);
        }
        if (!whole.has("mode")) {
            whole.put("mode", "test");
        }
        try {
            return ConnectorJson.read(whole.toString().getBytes(StandardCharsets.UTF_8));
        } catch (MalformedConnectorException e) {
            throw OperatorException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
