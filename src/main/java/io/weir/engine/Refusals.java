package io.weir.engine;

import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a record's place and time must have to do with the event in it; checked before anything is touched. */
final class Refusals {
    private Refusals() {}

    /**
     * Refuses an event that claims to be newer than its record: the broker bounds how far a record's timestamp may lie ahead of its own
     * clock, and an event must not get round that. An event older than its record is merely late, which the judgement bears. Refuses also
     * an event whose key is not its sender's network; control records go to every partition and have any key.
     *
     * @param timestampMs the record's own
     * @throws RefusedEventException naming what is wrong
     */
    static void check(WeirEvent event, byte @Nullable [] key, long timestampMs) {
        if (event.occurredAtMs() > timestampMs) {
            throw new RefusedEventException(
                    DeadLetterReason.FUTURE,
                    "occurredAtMs " + event.occurredAtMs() + " is after the record's timestamp " + timestampMs);
        }
        SenderKey sender = sender(event);
        if (sender != null && !isText(key, sender.network())) {
            throw new RefusedEventException(
                    DeadLetterReason.MISPLACED,
                    "the key must be the sender's network " + sender.network() + ", got " + shown(key));
        }
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
