package io.weir.serde;

import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a record's key and time must have to do with the event in it. */
public final class EventPlace {
    private EventPlace() {}

    /**
     * What is wrong with an event that claims to be newer than its record, or null: the broker bounds how far a record's timestamp may lie
     * ahead of its own clock, and an event must not get round that. An event older than its record is merely late, which the judgement bears.
     *
     * @param timestampMs the record's own
     */
    public static @Nullable String early(WeirEvent event, long timestampMs) {
        return event.occurredAtMs() > timestampMs
                ? "occurredAtMs " + event.occurredAtMs() + " is after the record's timestamp " + timestampMs
                : null;
    }

    /**
     * What is wrong with an event whose key is not its sender's network, or null: it lies in a partition that does not know the sender.
     * Control records go to every partition and have any key.
     */
    public static @Nullable String misplaced(WeirEvent event, byte @Nullable [] key) {
        SenderKey sender = sender(event);
        return sender == null || isText(key, sender.network())
                ? null
                : "the key must be the sender's network " + sender.network() + ", got " + shown(key);
    }

    private static @Nullable SenderKey sender(WeirEvent event) {
        if (event instanceof ConnectionEvent connection) {
            return connection.sender();
        }
        return event instanceof Amendment amendment ? amendment.sender() : null;
    }

    private static boolean isText(byte @Nullable [] key, String text) {
        return key != null && Arrays.equals(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        String plain = new String(key, StandardCharsets.UTF_8).replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (plain.length() <= 60 ? plain : plain.substring(0, 60) + "...") + "'";
    }
}
