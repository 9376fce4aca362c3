package io.weir.throttle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4: a short keyed hash that nobody without the key can steer (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", 2012). Public for edges; the test checks it against the paper's vectors.
 */
public final class SipHash {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;

    /** @param key its first 16 bytes are used */
    public SipHash(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("SipHash needs a key of 16 bytes, got " + key.length);
        }
        this.k0 = littleEndian(key, 0, 8);
        this.k1 = littleEndian(key, 8, 8);
    }

    /** The 64-bit hash of {@code data}. */
    public long hash(byte[] data) {
        Lanes v = new Lanes(
                k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L);
        int whole = data.length & ~7;
        for (int at = 0; at < whole; at += 8) {
            v.compress((long) WORDS.get(data, at));
        }
        v.compress(littleEndian(data, whole, data.length - whole) | (long) data.length << 56);
        return v.end();
    }

    /** Fields, not an array: they live in registers when the compiler has taken the object apart. */
    private static final class Lanes {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        Lanes(long v0, long v1, long v2, long v3) {
            this.v0 = v0;
            this.v1 = v1;
            this.v2 = v2;
            this.v3 = v3;
        }

        void compress(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long end() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }

    private static long littleEndian(byte[] bytes, int at, int length) {
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return word;
    }
}
