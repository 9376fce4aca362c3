package io.weir.serde;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.ConnectionEvent.Facts;
import io.weir.model.Gap;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.serde.EventFields.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code smtp-connections}. */
final class EventReader extends RecordReader {
    private static final int ABSENT = -1;

    private final int ipv6PrefixLength;

    private long version = ABSENT;
    private @Nullable Kind kind;
    private @Nullable String edge;
    private long edgeSeq = ConnectionEvent.NO_SEQ;
    private long occurredAtMs = ABSENT;
    private @Nullable ClientAddress client;
    private @Nullable String pool;
    private @Nullable Outcome outcome;
    private int messages = ABSENT;
    private int recipients = ABSENT;
    private int retries;
    private int wouldDefer;
    private long bytes;
    private boolean nullSender;
    private @Nullable String exemptBy;
    private long planned;
    private @Nullable FactFields facts;
    private long refTimeMs = ABSENT;
    private int spam;
    private int rejected;
    private @Nullable Map<String, String> settings;
    private long fromMs = ABSENT;
    private long toMs = ABSENT;
    private @Nullable Boolean on;
    private @Nullable String why;

    EventReader(byte[] json, int ipv6PrefixLength) {
        super(json, EventFields.MAX_BYTES);
        this.ipv6PrefixLength = ipv6PrefixLength;
    }

    /** Most events carry few facts or none. */
    private static final class FactFields {
        private @Nullable String connectorMiss;
        private @Nullable String tlsProtocol;
        private @Nullable String tlsSubject;
        private @Nullable String caseId;
        private @Nullable String helo;
        private @Nullable String clientName;
        private @Nullable String senderDomain;

        private Facts facts() {
            return new Facts(connectorMiss, tlsProtocol, tlsSubject, caseId, helo, clientName, senderDomain);
        }
    }

    @Override
    MalformedRecordException malformed(String message) {
        return new MalformedEventException(message);
    }

    @Override
    void field(String name) throws IOException {
        switch (name) {
            case "v" -> version = number(name, EventFields.VERSION, EventFields.VERSION, ABSENT);
            case "kind" -> kind = kind();
            case "edge" -> edge = name(name, EventFields.MAX_EDGE);
            case "edgeSeq" -> edgeSeq = number(name, 0, Long.MAX_VALUE, ConnectionEvent.NO_SEQ);
            case "occurredAtMs" -> occurredAtMs = time(name);
            case "clientAddress" -> client = clientAddress();
            case "pool" -> pool = name(name, EventFields.MAX_POOL);
            case "outcome" -> outcome = outcome();
            case "messages" -> messages = count(name, ABSENT);
            case "recipients" -> recipients = count(name, ABSENT);
            case "retries" -> retries = count(name, 0);
            case "wouldDefer" -> wouldDefer = count(name, 0);
            case "bytes" -> bytes = number(name, 0, Long.MAX_VALUE, 0);
            case "nullSender" -> nullSender = flag(name);
            case "exemptBy" -> exemptBy = fact(name, EventFields.MAX_FACT);
            case "planned" -> planned = number(name, 0, ConnectionEvent.MAX_PLANNED, 0);
            case "refTimeMs" -> refTimeMs = time(name);
            case "spam" -> spam = count(name, 0);
            case "rejected" -> rejected = count(name, 0);
            case "settings" -> settings = settings();
            case "fromMs" -> fromMs = time(name);
            case "toMs" -> toMs = time(name);
            case "on" -> on = isNull() ? null : (Boolean) flag(name);
            case "why" -> why = fact(name, EventFields.MAX_FACT);
            default -> factOrUnknown(name);
        }
    }

    private void factOrUnknown(String name) throws IOException {
        switch (name) {
            case "connectorMiss" -> facts().connectorMiss = fact(name, EventFields.MAX_FACT);
            case "tlsProtocol" -> facts().tlsProtocol = fact(name, EventFields.MAX_FACT);
            case "tlsSubject" -> facts().tlsSubject = fact(name, EventFields.MAX_FACT);
            case "case" -> facts().caseId = fact(name, EventFields.MAX_FACT);
            case "helo" -> facts().helo = fact(name, EventFields.MAX_FACT);
            case "clientName" -> facts().clientName = fact(name, EventFields.MAX_FACT);
            case "senderDomain" -> facts().senderDomain = fact(name, EventFields.MAX_FACT);
            default -> skip();
        }
    }

    private FactFields facts() {
        if (facts == null) {
            facts = new FactFields();
        }
        return facts;
    }

    private long time(String name) throws IOException {
        return number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
    }

    private int count(String name, int absent) throws IOException {
        return (int) number(name, 0, EventFields.MAX_COUNT, absent);
    }

    private @Nullable Kind kind() throws IOException {
        String label = string("kind");
        Kind known = label == null ? null : EventFields.kind(label);
        if (label != null && known == null) {
            throw unknownWord("kind", EventFields.words(Kind.values(), Kind::label), label);
        }
        return known;
    }

    private @Nullable Outcome outcome() throws IOException {
        String label = string("outcome");
        Outcome known = label == null ? null : EventFields.outcome(label);
        if (label != null && known == null) {
            throw unknownWord("outcome", EventFields.words(Outcome.values(), Outcome::label), label);
        }
        return known;
    }

    private MalformedRecordException unknownWord(String field, String allowed, String got) {
        return malformed(field + " must be one of " + allowed + ", got '" + JsonText.echo(got) + "'");
    }

    private @Nullable ClientAddress clientAddress() throws IOException {
        String text = string("clientAddress");
        if (text == null) {
            return null;
        }
        try {
            return ClientAddress.parse(text, ipv6PrefixLength);
        } catch (IllegalArgumentException e) {
            throw malformed("clientAddress must be one IPv4 or IPv6 address, got '" + JsonText.echo(text) + "'");
        }
    }

    private @Nullable Map<String, String> settings() throws IOException {
        if (!enter("settings", JsonToken.START_OBJECT)) {
            return null;
        }
        Map<String, String> read = new HashMap<>();
        for (String key = nextEntry(); key != null; key = nextEntry()) {
            String value = string("settings." + JsonText.echo(key));
            String problem = value == null ? "a setting must not be null" : EventFields.settingProblem(key, value);
            if (value == null || problem != null) {
                throw malformed(problem + ", got settings." + JsonText.echo(key));
            }
            read.put(key, value);
            if (read.size() > EventFields.MAX_SETTINGS) {
                throw malformed("settings may have " + EventFields.MAX_SETTINGS + " entries");
            }
        }
        return read;
    }

    WeirEvent event() {
        readFields();
        if (version == ABSENT) {
            throw missing("v");
        }
        Kind what = required("kind", kind);
        required("edge", edge);
        requireTime("occurredAtMs", occurredAtMs);
        try {
            return switch (what) {
                case TRANSACTION -> connectionEvent(true);
                case CONNECTION -> connectionEvent(false);
                case AMEND -> amendment();
                case RULES -> new RulesChange(required("edge", edge), occurredAtMs, required("settings", settings));
                case GAP -> gap();
                case BRAKE ->
                    new BrakeChange(
                            required("edge", edge), edgeSeq, occurredAtMs, required("on", on), why == null ? "" : why);
            };
        } catch (IllegalArgumentException e) {
            // What two fields say together is checked by the values themselves; their messages repeat numbers only.
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private ConnectionEvent connectionEvent(boolean transaction) {
        int each = transaction ? 1 : 0;
        ClientAddress address = required("clientAddress", client);
        return new ConnectionEvent(
                transaction,
                required("edge", edge),
                edgeSeq,
                occurredAtMs,
                address.text(),
                sender(address),
                required("outcome", outcome),
                messages == ABSENT ? each : messages,
                recipients == ABSENT ? each : recipients,
                retries,
                wouldDefer,
                bytes,
                nullSender,
                exemptBy(address),
                planned,
                facts == null ? Facts.NONE : facts.facts());
    }

    private Amendment amendment() {
        requireTime("refTimeMs", refTimeMs);
        SenderKey sender = pool == null ? required("clientAddress", client).sender() : SenderKey.pool(pool);
        return new Amendment(required("edge", edge), edgeSeq, occurredAtMs, sender, refTimeMs, spam, rejected);
    }

    private Gap gap() {
        requireTime("fromMs", fromMs);
        requireTime("toMs", toMs);
        return new Gap(required("edge", edge), occurredAtMs, fromMs, toMs);
    }

    private SenderKey sender(ClientAddress address) {
        return pool == null ? address.sender() : SenderKey.pool(pool);
    }

    /** Loopback and private addresses are never judged, whatever wrote the event. */
    private @Nullable String exemptBy(ClientAddress address) {
        return exemptBy == null && pool == null && address.exempt() ? ClientAddress.EXEMPT_BY : exemptBy;
    }

    private void requireTime(String name, long value) {
        if (value == ABSENT) {
            throw missing(name);
        }
    }
}
