package io.weir.replay.log;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link StateWriter} wrote, in the same order. */
final class StateReader {
    private final DataInputStream in;

    StateReader(byte[] bytes) {
        this.in = new DataInputStream(new ByteArrayInputStream(bytes));
    }

    long number() throws IOException {
        return in.readLong();
    }

    boolean flag() throws IOException {
        return in.readBoolean();
    }

    /** Whether more was saved: an earlier version may have saved less. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    String text() throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new EOFException("the saved state is cut off");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    List<Integer> numbers() throws IOException {
        List<Integer> values = new ArrayList<>();
        for (long left = number(); left > 0; left--) {
            values.add((int) number());
        }
        return values;
    }
}
