package io.weir.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one flat JSON object. Reads each field where it stands; a subclass keeps what it knows and skips the rest, then puts the
 * record together. A reader serves one record.
 */
abstract class RecordReader {
    private final JsonParser parser;

    /** @param maxBytes most bytes the record may have */
    RecordReader(byte[] json, int maxBytes) {
        if (json.length > maxBytes) {
            throw malformed("a record may have " + maxBytes + " bytes, got " + json.length);
        }
        if (!beginsLikeUtf8(json)) {
            throw malformed("a record must be one JSON object in UTF-8");
        }
        try {
            this.parser = JsonText.FACTORY.createParser(json);
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** Keeps the current field's value, or skips it with {@link #skip()}. */
    abstract void field(String name) throws IOException;

    abstract MalformedRecordException malformed(String message);

    final void readFields() {
        try (parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("a record must be one JSON object in UTF-8");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                field(name);
            }
            if (parser.nextToken() != null) {
                throw malformed("nothing may follow the JSON object");
            }
        } catch (IOException e) {
            throw notJson(e);
        }
    }

    /** The parser guesses UTF-16 and UTF-32 from zero bytes and marks; the topics carry UTF-8 alone. */
    private static boolean beginsLikeUtf8(byte[] json) {
        if (json.length < 2) {
            return false;
        }
        boolean beginsWithAscii =
                json[0] == '{' || json[0] == ' ' || json[0] == '\n' || json[0] == '\r' || json[0] == '\t';
        return beginsWithAscii && json[1] != 0;
    }

    private MalformedRecordException notJson(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return malformed("not JSON: " + JsonText.cleaned(String.valueOf(message), 200));
    }

    final void skip() throws IOException {
        parser.skipChildren();
    }

    /** A JSON null says the same as an absent field. */
    final boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** A string that matters: not blank, within its bound, fit for keys and terminals. */
    final @Nullable String name(String field, int max) throws IOException {
        String text = string(field);
        if (text == null) {
            return null;
        }
        if (text.length() > max || text.isBlank() || !JsonText.isPlain(text)) {
            throw malformed(field + " must have 1 to " + max + " characters and no control characters, got '"
                    + JsonText.echo(text) + "'");
        }
        return text;
    }

    /** A string that only explains: cut and cleaned rather than refused. */
    final @Nullable String fact(String field, int max) throws IOException {
        String text = string(field);
        return text == null ? null : JsonText.cleaned(text, max);
    }

    final @Nullable String string(String field) throws IOException {
        if (isNull()) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrongType(field, "a string");
        }
        return parser.getText();
    }

    /** @return {@code absent} for a JSON null */
    final long number(String field, long min, long max, long absent) throws IOException {
        if (isNull()) {
            return absent;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(field, "an integer");
        }
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || parser.getLongValue() < min || parser.getLongValue() > max) {
            throw malformed(field + " must be an integer from " + min + " to " + max + ", got " + parser.getText());
        }
        return parser.getLongValue();
    }

    /** @return {@code absent} for a JSON null */
    final double fraction(String field, double absent) throws IOException {
        if (isNull()) {
            return absent;
        }
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw wrongType(field, "a number");
        }
        double value = parser.getDoubleValue();
        if (!(value >= 0 && value <= 1)) {
            throw malformed(field + " must be a number from 0 to 1, got " + parser.getText());
        }
        return value;
    }

    final boolean flag(String field) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw wrongType(field, "true or false");
        };
    }

    /** An object as the JSON that it is; null for a JSON null. */
    final @Nullable String object(String field) throws IOException {
        if (!enter(field, JsonToken.START_OBJECT)) {
            return null;
        }
        StringWriter copy = new StringWriter();
        try (JsonGenerator out = JsonText.FACTORY.createGenerator(copy)) {
            out.copyCurrentStructure(parser);
        }
        return copy.toString();
    }

    /** Steps into an array or object; false for a JSON null. */
    final boolean enter(String field, JsonToken start) {
        if (isNull()) {
            return false;
        }
        if (parser.currentToken() != start) {
            throw wrongType(field, start == JsonToken.START_ARRAY ? "an array" : "an object");
        }
        return true;
    }

    /** The next entry's name within an object that was entered; null at its end. */
    final @Nullable String nextEntry() throws IOException {
        String name = parser.nextFieldName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** Moves to the next element of an array that was entered; false at its end. */
    final boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    final MalformedRecordException wrongType(String field, String allowed) {
        return malformed(field + " must be " + allowed + ", got " + typeName());
    }

    final <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    final MalformedRecordException missing(String field) {
        return malformed("required field " + field + " is missing");
    }

    private String typeName() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }
}
