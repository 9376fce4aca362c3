package io.weir.config;

import java.nio.file.Path;

/** The site's secret: 32 random bytes, the same on every engine and edge. Never shown. */
public final class SiteSecret {
    private static final SecretFile FILE = new SecretFile(
            "the site's secret", "the same on every engine and edge (" + CommonSettings.SITE_SECRET_FILE + ")");

    private final byte[] bytes;

    private SiteSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** For the engines and edges of a cluster, where somebody must have put the same file everywhere. */
    public static SiteSecret read(Path file) {
        return new SiteSecret(FILE.read(file));
    }

    /** For a site on one machine: makes the secret when there is none yet. Two processes that start at once get the same. */
    public static SiteSecret readOrCreate(Path file) {
        return new SiteSecret(FILE.readOrCreate(file));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Says nothing about the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "SiteSecret";
    }
}
