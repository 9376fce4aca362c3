package io.weir.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import io.weir.model.Verdict;
import io.weir.serde.ChangeJson;
import io.weir.serde.ConnectorJson;
import io.weir.serde.EventJson;
import io.weir.serde.OverrideJson;
import io.weir.serde.VerdictJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records as they are on their topics, for answers over HTTP: {@code topics/schemas/} describes both. */
public final class RecordsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordsJson() {}

    public static ObjectNode of(OperatorOverride override) {
        return parsed(OverrideJson.write(override));
    }

    public static ObjectNode of(Connector connector) {
        return parsed(ConnectorJson.write(connector));
    }

    public static ObjectNode of(OperatorChange change) {
        return parsed(ChangeJson.write(change));
    }

    public static ObjectNode of(Verdict verdict) {
        return parsed(VerdictJson.write(verdict));
    }

    public static ObjectNode of(RulesChange rules) {
        return parsed(new EventJson().write(rules));
    }

    /** @throws io.weir.serde.MalformedRecordException when it is none, as the others that read */
    public static OperatorOverride override(ObjectNode json) {
        return OverrideJson.read(bytes(json));
    }

    public static Connector connector(ObjectNode json) {
        return ConnectorJson.read(bytes(json));
    }

    public static OperatorChange change(ObjectNode json) {
        return ChangeJson.read(bytes(json));
    }

    public static RulesChange rules(ObjectNode json) {
        return (RulesChange) new EventJson().read(bytes(json));
    }

    public static Verdict verdict(ObjectNode json) {
        return VerdictJson.read(bytes(json));
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode parsed(byte[] json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
