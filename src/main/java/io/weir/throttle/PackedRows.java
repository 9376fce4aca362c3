package io.weir.throttle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A short, sparse time series in few bytes: rows of non-negative counts, each with a time index, oldest first.
 *
 * <p>Each row is the distance to the previous index and its columns as {@link Varints#writeMasked} has them, all as
 * variable-length integers (seven bits a byte, least significant first). Immutable; a change copies the bytes around it.
 * Changes are rare (an hour or a day closes, an event is late), copies of the whole are not.
 */
public final class PackedRows {
    public static final PackedRows EMPTY = new PackedRows(new byte[0]);

    /** Most columns a row may have: one mask byte. */
    public static final int MAX_COLUMNS = 8;

    private final byte[] bytes;

    private PackedRows(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One row; {@code columns} must not be changed afterwards. */
    public record Row(long index, long[] columns) {
        /** Column {@code i}, 0 when the row is shorter. */
        public long get(int i) {
            return i < columns.length ? columns[i] : 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && row.index == index && Arrays.equals(row.columns, columns);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(index) + Arrays.hashCode(columns);
        }

        @Override
        public String toString() {
            return index + "=" + Arrays.toString(columns);
        }
    }

    /** Takes bytes written by {@link #bytes()}; the caller must not change them. */
    public static PackedRows ofBytes(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new PackedRows(bytes);
    }

    /**
     * Packs rows.
     *
     * @param rows in ascending order of index, each with at most {@value #MAX_COLUMNS} non-negative columns
     */
    public static PackedRows of(List<Row> rows) {
        Varints out = new Varints(rows.size() * 12);
        long previous = 0;
        for (Row row : rows) {
            if (row.index < previous || row.columns.length > MAX_COLUMNS) {
                throw new IllegalArgumentException("rows must ascend and have at most 8 columns, got " + row);
            }
            out.write(row.index - previous);
            previous = row.index;
            out.writeMasked(row.columns);
        }
        return ofBytes(out.toBytes());
    }

    /** The packed form; callers must not change it. */
    public byte[] bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** All rows, oldest first. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Varints.Reader in = new Varints.Reader(bytes);
        long index = 0;
        while (in.hasMore()) {
            index += in.read();
            rows.add(new Row(index, in.readMasked()));
        }
        return rows;
    }

    /** Whether any row has something in column {@code i}, which is the third or a later one. */
    boolean anyHas(int i) {
        Varints.Reader in = new Varints.Reader(bytes);
        while (in.hasMore()) {
            in.read();
            if ((bytes[in.at()] & 1 << i) != 0) {
                return true;
            }
            in.skipMasked();
        }
        return false;
    }

    /** Adds counts to the row at {@code index}, which is made when absent. */
    PackedRows add(long index, long[] counts) {
        Cursor next = new Cursor(bytes).seek(index);
        Varints out = new Varints(bytes.length + 16 + 2 * counts.length);
        out.append(bytes, 0, next.start);
        out.write(index - next.previous);
        if (next.atRow && next.index == index) {
            out.writeMasked(sum(next.in.readMasked(), counts));
        } else {
            out.writeMasked(counts);
            if (next.atRow) {
                out.write(next.index - index);
            }
        }
        out.append(bytes, next.in.at(), bytes.length);
        return ofBytes(out.toBytes());
    }

    /**
     * Appends a row and drops the oldest, in one walk over the bytes: a busy sender's hours turn that often.
     *
     * @param index beyond that of every row
     * @param keepFrom least index to keep
     */
    PackedRows append(long index, long[] counts, long keepFrom) {
        Cursor at = new Cursor(bytes).seek(keepFrom);
        Varints out = new Varints(bytes.length - at.start + 16 + 2 * counts.length);
        if (at.atRow) {
            out.write(at.index);
            out.append(bytes, at.in.at(), bytes.length);
            at.seek(Long.MAX_VALUE);
            out.write(index - at.previous);
        } else {
            out.write(index);
        }
        out.writeMasked(counts);
        return ofBytes(out.toBytes());
    }

    /** Only the rows with {@code from <= index < to}. */
    PackedRows between(long from, long to) {
        Cursor at = new Cursor(bytes).seek(from);
        long firstIndex = at.index;
        int firstStart = at.start;
        int firstColumns = at.in.at();
        int end = at.seek(to).start;
        if (end == firstStart) {
            return EMPTY;
        }
        if (firstStart == 0 && end == bytes.length) {
            return this;
        }
        Varints out = new Varints(end - firstColumns + 10);
        out.write(firstIndex);
        out.append(bytes, firstColumns, end);
        return ofBytes(out.toBytes());
    }

    /** Walks over the rows without unpacking them: stands behind a row's index, before its columns. */
    private static final class Cursor {
        private final Varints.Reader in;
        /** Where the row begins; the end of the bytes when there is none. */
        private int start;

        /** Index of the row before it, or 0. */
        private long previous;

        private long index;
        private boolean atRow;

        Cursor(byte[] bytes) {
            this.in = new Varints.Reader(bytes);
            next();
        }

        /** Goes on to the first row from here on whose index is at least {@code least}. */
        Cursor seek(long least) {
            while (atRow && index < least) {
                in.skipMasked();
                next();
            }
            return this;
        }

        private void next() {
            start = in.at();
            previous = index;
            atRow = in.hasMore();
            if (atRow) {
                index += in.read();
            }
        }
    }

    private static long[] sum(long[] columns, long[] counts) {
        long[] total = Arrays.copyOf(columns, Math.max(columns.length, counts.length));
        for (int i = 0; i < counts.length; i++) {
            total[i] += counts[i];
        }
        return total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedRows rows && Arrays.equals(rows.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return rows().toString();
    }
}
