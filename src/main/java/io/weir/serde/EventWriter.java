package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.serde.EventFields.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes one record of {@code smtp-connections}; leaves out what says no more than its absence. */
final class EventWriter {
    private final JsonGenerator json;

    private EventWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(WeirEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(320);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("v", EventFields.VERSION);
            new EventWriter(json).fields(event);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > EventFields.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a record may have " + EventFields.MAX_BYTES + " bytes, got " + bytes.size());
        }
        return bytes.toByteArray();
    }

    private void fields(WeirEvent event) throws IOException {
        if (event instanceof ConnectionEvent connection) {
            connectionEvent(connection);
        } else if (event instanceof Amendment amendment) {
            amendment(amendment);
        } else if (event instanceof RulesChange rules) {
            head(Kind.RULES, rules, ConnectionEvent.NO_SEQ);
            settings(rules.settings());
        } else if (event instanceof Gap gap) {
            head(Kind.GAP, gap, ConnectionEvent.NO_SEQ);
            json.writeNumberField("fromMs", gap.fromMs());
            json.writeNumberField("toMs", gap.toMs());
        } else if (event instanceof BrakeChange brake) {
            head(Kind.BRAKE, brake, brake.edgeSeq());
            json.writeBooleanField("on", brake.on());
            fact("why", brake.why());
        }
    }

    private void head(Kind kind, WeirEvent event, long edgeSeq) throws IOException {
        json.writeStringField("kind", kind.label());
        json.writeStringField("edge", checkedName("edge", event.edge(), EventFields.MAX_EDGE));
        if (edgeSeq != ConnectionEvent.NO_SEQ) {
            json.writeNumberField("edgeSeq", edgeSeq);
        }
        json.writeNumberField("occurredAtMs", event.occurredAtMs());
    }

    private void connectionEvent(ConnectionEvent event) throws IOException {
        head(event.transaction() ? Kind.TRANSACTION : Kind.CONNECTION, event, event.edgeSeq());
        json.writeStringField("clientAddress", event.clientAddress());
        pool(event.sender());
        json.writeStringField("outcome", event.outcome().label());
        json.writeNumberField("messages", event.messages());
        json.writeNumberField("recipients", event.recipients());
        positive("retries", event.retries());
        positive("wouldDefer", event.wouldDefer());
        positive("bytes", event.bytes());
        if (event.nullSender()) {
            json.writeBooleanField("nullSender", true);
        }
        fact("exemptBy", event.exemptBy());
        if (event.planned() > 0) {
            json.writeNumberField("planned", event.planned());
        }
        facts(event.facts());
    }

    private void facts(ConnectionEvent.Facts facts) throws IOException {
        fact("connectorMiss", facts.connectorMiss());
        fact("tlsProtocol", facts.tlsProtocol());
        fact("tlsSubject", facts.tlsSubject());
        fact("case", facts.caseId());
        fact("helo", facts.helo());
        fact("clientName", facts.clientName());
        fact("senderDomain", facts.senderDomain());
    }

    private void amendment(Amendment event) throws IOException {
        head(Kind.AMEND, event, event.edgeSeq());
        if (event.sender().poolName() == null) {
            // Any address of the prefix names the sender; the first one is its text without the length.
            json.writeStringField(
                    "clientAddress", withoutPrefixLength(event.sender().text()));
        }
        pool(event.sender());
        json.writeNumberField("refTimeMs", event.refTimeMs());
        json.writeNumberField("spam", event.spam());
        json.writeNumberField("rejected", event.rejected());
    }

    private static String withoutPrefixLength(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    private void pool(SenderKey sender) throws IOException {
        String pool = sender.poolName();
        if (pool != null) {
            json.writeStringField("pool", checkedName("pool", pool, EventFields.MAX_POOL));
        }
    }

    /** In order of the keys: the same rules are the same bytes. */
    private void settings(Map<String, String> settings) throws IOException {
        if (settings.size() > EventFields.MAX_SETTINGS) {
            throw new IllegalArgumentException(
                    "settings may have " + EventFields.MAX_SETTINGS + " entries, got " + settings.size());
        }
        json.writeObjectFieldStart("settings");
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            String problem = EventFields.settingProblem(setting.getKey(), setting.getValue());
            if (problem != null) {
                throw new IllegalArgumentException(problem + ", got " + JsonText.echo(setting.getKey()));
            }
            json.writeStringField(setting.getKey(), setting.getValue());
        }
        json.writeEndObject();
    }

    private void positive(String name, long value) throws IOException {
        if (value > 0) {
            json.writeNumberField(name, value);
        }
    }

    private void fact(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, JsonText.cleaned(value, EventFields.MAX_FACT));
        }
    }

    private static String checkedName(String field, String text, int max) {
        if (text.length() > max || text.isBlank() || !JsonText.isPlain(text)) {
            throw new IllegalArgumentException(field + " must have 1 to " + max
                    + " characters and no control characters, got '" + JsonText.echo(text) + "'");
        }
        return text;
    }
}
