package io.weir.replay.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line and holds no more of a line than {@link #MAX_LINE_BYTES}, whatever the file is. */
public final class LineReader {
    public static final int MAX_LINE_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[64 * 1024];
    private int position;
    private int limit;

    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;
    private boolean tooLong;
    private boolean ended;
    private long consumed;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end, or null after the last; the beginning of it when it is {@link #tooLong()}. Bytes are characters:
     * what matters in a log is ASCII, and a stray byte is no reason to stop.
     */
    public @Nullable String next() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (position < limit || fill()) {
            any = true;
            int end = position;
            while (end < limit && chunk[end] != '\n') {
                end++;
            }
            keep(end - position);
            ended = end < limit;
            int after = ended ? end + 1 : end;
            consumed += after - position;
            position = after;
            if (ended) {
                break;
            }
        }
        return any ? text() : null;
    }

    /** Whether the last line was longer than what {@link #next()} gave. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether the last line had its end; otherwise the file ends there, for now. */
    boolean ended() {
        return ended;
    }

    /** Bytes up to the end of the last line. */
    public long consumed() {
        return consumed;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(chunk));
        return limit > 0;
    }

    private void keep(int bytes) {
        int room = Math.min(bytes, line.length - length);
        System.arraycopy(chunk, position, line, length, room);
        length += room;
        tooLong |= room < bytes;
    }

    private String text() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
    }
}
