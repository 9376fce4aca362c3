package io.weir.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a token: whose it is, what its holder may do, and its SHA-256. One round of SHA-256 is enough, since a token is 256 random
 * bits: nobody can try them all, however quick the hash; a slow one, as for passwords that people choose, would only cost us time at each question.
 *
 * @param name of the holder, as the audit log has it
 * @param hash 32 bytes; not to be changed
 */
record AccessToken(String name, Role role, byte[] hash) {
    static final String SYNTAX =
            "NAME:ROLE:HASH, the name of 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '@' and '-', the role read"
                    + " or operate, the hash of 64 hexadecimal digits, as 'weir token create' prints it";

    private static final String PREFIX = "weir_";
    private static final int TOKEN_BYTES = 32;
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._@-]{1,64}):([a-z]{1,16}):([0-9A-Fa-f]{64})");

    /** @throws IllegalArgumentException when the text is none; it is not repeated, since it may be a token by mistake */
    static AccessToken parse(String text) {
        Matcher matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be " + SYNTAX);
        }
        Role role = Role.of(matcher.group(2)).orElseThrow(() -> new IllegalArgumentException("must be " + SYNTAX));
        return new AccessToken(matcher.group(1), role, HexFormat.of().parseHex(matcher.group(3)));
    }

    String line() {
        return name + ":" + role.label().toLowerCase(Locale.ROOT) + ":"
                + HexFormat.of().formatHex(hash);
    }

    /** A fresh token. */
    static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Says nothing about the hash. */
    @Override
    public String toString() {
        return name + ":" + role.label();
    }
}
