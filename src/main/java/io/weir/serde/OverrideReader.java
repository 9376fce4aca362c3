package io.weir.serde;

import io.weir.model.ConnectionEvent;
import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code smtp-overrides}. */
final class OverrideReader extends RecordReader {
    private static final int MAX_TARGET = 128;
    private static final int MAX_AUTHOR = 128;
    private static final int MAX_COMMENT = 512;
    private static final int MAX_WORD = 64;
    private static final long ABSENT = -1;

    private long version = ABSENT;
    private @Nullable String target;
    private @Nullable Action action;
    private double admit = OverrideJson.DEFAULT_ADMIT;
    private long volume;
    private @Nullable String author;
    private @Nullable String comment;
    private long createdAtMs = ABSENT;
    private long fromMs;
    private long expiresAtMs = ABSENT;

    OverrideReader(byte[] json) {
        super(json, OverrideJson.MAX_BYTES);
    }

    @Override
    MalformedRecordException malformed(String message) {
        return new MalformedOverrideException(message);
    }

    @Override
    void field(String name) throws IOException {
        switch (name) {
            case "v" -> version = number(name, 1, 1, ABSENT);
            case "target" -> target = name(name, MAX_TARGET);
            case "action" -> action = action(name);
            case "admit" -> admit = fraction(name, OverrideJson.DEFAULT_ADMIT);
            case "volume" -> volume = number(name, 0, ConnectionEvent.MAX_PLANNED, 0);
            case "author" -> author = name(name, MAX_AUTHOR);
            case "comment" -> comment = name(name, MAX_COMMENT);
            case "createdAtMs" -> createdAtMs = number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
            case "fromMs" -> fromMs = number(name, 0, EventFields.MAX_TIME_MS, 0);
            case "expiresAtMs" -> expiresAtMs = number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
            default -> skip();
        }
    }

    private @Nullable Action action(String field) throws IOException {
        String word = name(field, MAX_WORD);
        if (word == null) {
            return null;
        }
        for (Action one : Action.values()) {
            if (one.label().equals(word)) {
                return one;
            }
        }
        throw malformed(field + " must be one of " + EventFields.words(Action.values(), Action::label) + ", got '"
                + JsonText.echo(word) + "'");
    }

    OperatorOverride override() {
        readFields();
        if (version == ABSENT) {
            throw missing("v");
        }
        if (createdAtMs == ABSENT) {
            throw missing("createdAtMs");
        }
        if (expiresAtMs == ABSENT) {
            throw missing("expiresAtMs");
        }
        Action does = required("action", action);
        if ((does == Action.PLANNED) != volume > 0) {
            throw malformed("volume must be 1 to " + ConnectionEvent.MAX_PLANNED
                    + " with action planned, and with no other; got " + volume);
        }
        return new OperatorOverride(
                required("target", target),
                does,
                admit,
                volume,
                required("author", author),
                required("comment", comment),
                createdAtMs,
                fromMs,
                expiresAtMs);
    }
}
