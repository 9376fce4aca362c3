package io.weir.throttle;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids that are printed in replies and lead to the explanation: 80 bits of HMAC-SHA256 (site secret; sender,
 * seq) as 16 characters of RFC 4648 base32. Nobody without the secret can guess one, and replaying history under the
 * same secret gives the same ones.
 */
public final class CaseIds {
    /** Characters of an id. */
    public static final int LENGTH = 16;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    public CaseIds(byte[] siteSecret) {
        if (siteSecret.length < 16) {
            throw new IllegalArgumentException("the site secret must have at least 16 bytes, got " + siteSecret.length);
        }
        this.key = new SecretKeySpec(siteSecret, ALGORITHM);
    }

    String of(String client, long seq) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return base32(mac.doFinal((client + '\n' + seq).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            int bit = i * 5;
            int pair = (bytes[bit / 8] & 0xff) << 8 | (bytes[bit / 8 + 1] & 0xff);
            text.append(ALPHABET.charAt(pair >> (11 - bit % 8) & 31));
        }
        return text.toString();
    }
}
