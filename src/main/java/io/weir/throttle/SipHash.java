package io.weir.throttle;

/**
 * SipHash-2-4: a short keyed hash that nobody without the key can steer (Aumasson and Bernstein, "SipHash: a fast
 * short-input PRF", 2012). Public for edges; the test checks it against the paper's vectors.
 */
public final class SipHash {
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
        long[] v = {
            k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L
        };
        int whole = data.length & ~7;
        for (int at = 0; at < whole; at += 8) {
            compress(v, littleEndian(data, at, 8));
        }
        compress(v, littleEndian(data, whole, data.length - whole) | (long) data.length << 56);
        v[2] ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void compress(long[] v, long word) {
        v[3] ^= word;
        round(v);
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }

    private static long littleEndian(byte[] bytes, int at, int length) {
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return word;
    }
}
