package io.weir.edge.policy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The attributes of a request that matter here; all others are read over. Names are the protocol's. */
public enum PolicyAttribute {
    REQUEST("request"),
    PROTOCOL_STATE("protocol_state"),
    CLIENT_ADDRESS("client_address"),
    CLIENT_NAME("client_name"),
    HELO_NAME("helo_name"),
    SENDER("sender"),
    RECIPIENT("recipient"),
    RECIPIENT_COUNT("recipient_count"),
    INSTANCE("instance"),
    POLICY_CONTEXT("policy_context"),
    SIZE("size"),
    SASL_USERNAME("sasl_username"),
    CCERT_SUBJECT("ccert_subject"),
    CCERT_FINGERPRINT("ccert_fingerprint"),
    CCERT_PUBKEY_FINGERPRINT("ccert_pubkey_fingerprint"),
    ENCRYPTION_PROTOCOL("encryption_protocol");

    /** Far more slots than names: a look-up meets its name or nothing at once. */
    private static final int SLOTS = 256;

    private static final PolicyAttribute[] BY_HASH = table();

    /** ASCII. */
    private final String text;

    PolicyAttribute(String text) {
        this.text = text;
    }

    private static PolicyAttribute[] table() {
        PolicyAttribute[] table = new PolicyAttribute[SLOTS];
        for (PolicyAttribute attribute : values()) {
            byte[] name = attribute.text.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(name, 0, name.length);
            while (table[slot] != null) {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = attribute;
        }
        return table;
    }

    /** The attribute with the name at this place; null when it is none of ours. */
    static @Nullable PolicyAttribute at(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (PolicyAttribute found = BY_HASH[slot]; found != null; found = BY_HASH[slot]) {
            if (found.isNamed(bytes, from, to)) {
                return found;
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private boolean isNamed(byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        if (hash > 0) {
            hash = 31 * (31 * (31 * hash + bytes[from]) + bytes[to - 1]) + bytes[from + (to - from) / 2];
        }
        return hash & SLOTS - 1;
    }
}
