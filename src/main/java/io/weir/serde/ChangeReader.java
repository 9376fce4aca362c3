package io.weir.serde;

import io.weir.model.OperatorChange;
import io.weir.model.OperatorChange.Action;
import io.weir.model.OperatorChange.Kind;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code smtp-changes}. */
final class ChangeReader extends RecordReader {
    private static final int MAX_KEY = 128;
    private static final int MAX_AUTHOR = 128;
    private static final int MAX_COMMENT = 512;
    private static final int MAX_WORD = 64;
    private static final long ABSENT = -1;

    private long version = ABSENT;
    private @Nullable Kind kind;
    private @Nullable String key;
    private @Nullable Action action;
    private @Nullable String author;
    private @Nullable String comment;
    private long atMs = ABSENT;
    private @Nullable String record;

    ChangeReader(byte[] json) {
        super(json, ChangeJson.MAX_BYTES);
    }

    @Override
    MalformedRecordException malformed(String message) {
        return new MalformedChangeException(message);
    }

    @Override
    void field(String name) throws IOException {
        switch (name) {
            case "v" -> version = number(name, 1, 1, ABSENT);
            case "kind" -> kind = word(name, Kind.values(), Kind::label);
            case "key" -> key = name(name, MAX_KEY);
            case "action" -> action = word(name, Action.values(), Action::label);
            case "author" -> author = name(name, MAX_AUTHOR);
            case "comment" -> comment = fact(name, MAX_COMMENT);
            case "atMs" -> atMs = number(name, 0, EventFields.MAX_TIME_MS, ABSENT);
            case "record" -> record = object(name);
            default -> skip();
        }
    }

    private <T> @Nullable T word(String field, T[] all, Function<T, String> label) throws IOException {
        String word = name(field, MAX_WORD);
        if (word == null) {
            return null;
        }
        for (T one : all) {
            if (label.apply(one).equals(word)) {
                return one;
            }
        }
        throw malformed(
                field + " must be one of " + EventFields.words(all, label) + ", got '" + JsonText.echo(word) + "'");
    }

    OperatorChange change() {
        readFields();
        if (version == ABSENT) {
            throw missing("v");
        }
        if (atMs == ABSENT) {
            throw missing("atMs");
        }
        Action done = required("action", action);
        if (done == Action.PUT && record == null) {
            throw missing("record");
        }
        return new OperatorChange(
                required("kind", kind),
                required("key", key),
                done,
                required("author", author),
                comment == null ? "" : comment,
                atMs,
                record);
    }
}
