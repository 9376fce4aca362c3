package io.weir.throttle;

import java.util.Arrays;

/** Variable-length integers: seven bits a byte, least significant first; small numbers take one byte. */
public final class Varints {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private byte[] buffer;
    private int size;

    public Varints(int expectedBytes) {
        this.buffer = new byte[Math.max(16, expectedBytes)];
    }

    /** Writes any 64-bit value as unsigned: 1 byte up to 127, 10 at most. */
    public void write(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    /** Writes a value that may be negative, small ones of either sign in few bytes. */
    public void writeSigned(long value) {
        write((value << 1) ^ (value >> 63));
    }

    public void writeByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    /** Replaces the byte at position {@code at}, which was written as a placeholder. */
    public void setByte(int at, int value) {
        buffer[at] = (byte) value;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** Bytes {@code from <= i < to} as they are. */
    void append(byte[] bytes, int from, int to) {
        int length = to - from;
        ensure(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
    }

    /** Length, then content. */
    public void writeBytes(byte[] bytes) {
        write(bytes.length);
        append(bytes, 0, bytes.length);
    }

    /**
     * A bit mask of the non-zero columns (at most 8), then those columns. The second is written as its distance from the
     * first, which it often equals: what was admitted is mostly all that was tried.
     */
    public void writeMasked(long... columns) {
        long first = columns.length > 0 ? columns[0] : 0;
        long second = columns.length > 1 ? columns[1] : 0;
        int mask = (first != 0 ? FIRST : 0) | (second != first ? SECOND : 0);
        for (int i = 2; i < columns.length; i++) {
            mask |= columns[i] != 0 ? 1 << i : 0;
        }
        writeByte(mask);
        if (first != 0) {
            write(first);
        }
        if (second != first) {
            writeSigned(first - second);
        }
        for (int i = 2; i < columns.length; i++) {
            if (columns[i] != 0) {
                write(columns[i]);
            }
        }
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    /** Reads what {@link Varints} wrote; throws {@link IllegalArgumentException} where the bytes end too soon. */
    public static final class Reader {
        private final byte[] bytes;
        private int at;

        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        public boolean hasMore() {
            return at < bytes.length;
        }

        /** Bytes read so far. */
        int at() {
            return at;
        }

        /** Passes over what {@link #writeMasked} wrote. */
        void skipMasked() {
            for (int left = Integer.bitCount(readByte()); left > 0; left--) {
                while (readByte() >= 0x80) {}
            }
        }

        public long read() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int next = readByte();
                value |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number is longer than 10 bytes at byte " + at);
        }

        public long readSigned() {
            long value = read();
            return (value >>> 1) ^ -(value & 1);
        }

        /** One byte, 0 to 255. */
        public int readByte() {
            if (at >= bytes.length) {
                throw new IllegalArgumentException("ends too soon, after " + at + " bytes");
            }
            return bytes[at++] & 0xff;
        }

        public byte[] readBytes() {
            int length = readLength();
            at += length;
            return Arrays.copyOfRange(bytes, at - length, at);
        }

        private int readLength() {
            long length = read();
            if (length < 0 || length > bytes.length - at) {
                throw new IllegalArgumentException(
                        "says " + length + " bytes follow byte " + at + ", but there are " + (bytes.length - at));
            }
            return (int) length;
        }

        /** Passes over what {@link #writeBytes} wrote, and tells whether it was this. */
        boolean skipBytes(byte[] content) {
            int length = readLength();
            at += length;
            return Arrays.equals(bytes, at - length, at, content, 0, content.length);
        }

        /** The columns up to the last that is not zero. */
        public long[] readMasked() {
            int mask = readByte();
            long first = (mask & FIRST) != 0 ? read() : 0;
            long second = (mask & SECOND) != 0 ? first - readSigned() : first;
            if (mask <= (FIRST | SECOND)) {
                return upTo(first, second);
            }
            long[] columns = new long[Integer.SIZE - Integer.numberOfLeadingZeros(mask)];
            columns[0] = first;
            columns[1] = second;
            for (int i = 2; i < columns.length; i++) {
                if ((mask & 1 << i) != 0) {
                    columns[i] = read();
                }
            }
            return columns;
        }

        private static long[] upTo(long first, long second) {
            if (second != 0) {
                return new long[] {first, second};
            }
            return first != 0 ? new long[] {first} : new long[0];
        }
    }
}
