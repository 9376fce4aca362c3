package io.weir.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** What an operator's tool must show to ask an edge for more than its health. Never logged. */
public final class AdminToken {
    private static final SecretFile FILE =
            new SecretFile("the edge's token", "and its owner alone may read it (" + EdgeSettings.TOKEN_FILE + ")");

    private final String text;

    private AdminToken(byte[] bytes) {
        this.text = HexFormat.of().formatHex(bytes);
    }

    /** For the edge: makes one when there is none. */
    public static AdminToken readOrCreate(Path file) {
        return new AdminToken(FILE.readOrCreate(file));
    }

    /** For the tool. */
    public static AdminToken read(Path file) {
        return new AdminToken(FILE.read(file));
    }

    /** Whether the value of an {@code Authorization} header shows it; takes the same time however much of it is right. */
    public boolean isShownBy(String header) {
        return MessageDigest.isEqual(
                header().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the {@code Authorization} header that shows it. */
    public String header() {
        return "Bearer " + text;
    }

    @Override
    public String toString() {
        return "AdminToken";
    }
}
