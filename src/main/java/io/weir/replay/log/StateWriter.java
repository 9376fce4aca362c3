package io.weir.replay.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes what {@link StateReader} reads. */
final class StateWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    void number(long value) throws IOException {
        out.writeLong(value);
    }

    void flag(boolean value) throws IOException {
        out.writeBoolean(value);
    }

    void text(String value) throws IOException {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    void numbers(Collection<Integer> values) throws IOException {
        number(values.size());
        for (Integer value : values) {
            number(value);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
