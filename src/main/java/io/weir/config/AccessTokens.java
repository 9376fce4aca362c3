package io.weir.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask over HTTP, by the tokens they show: those of a setting, and those of a file, which is read anew when it changes. So a token is
 * taken back by deleting its line.
 */
public final class AccessTokens {
    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);
    private static final long LOOK_EVERY_MS = 1_000;
    private static final long MAX_FILE_BYTES = 1024 * 1024;
    private static final int MOST = 1_000;

    private final List<AccessToken> given;
    private final @Nullable Path file;
    private final LongSupplier clockMs;
    private volatile List<AccessToken> ofFile;
    private @Nullable FileTime readAt;
    private long lookedMs;

    /** Whose token it is, and what it allows. */
    public record Holder(String name, Role role) {}

    /** A fresh token, and the line that makes it known. */
    public record Fresh(String token, String line) {}

    private AccessTokens(List<AccessToken> given, @Nullable Path file, LongSupplier clockMs) {
        this.given = given;
        this.file = file;
        this.clockMs = clockMs;
        this.ofFile = file == null ? List.of() : read(file);
        this.readAt = file == null ? null : modified(file);
        this.lookedMs = clockMs.getAsLong();
    }

    /**
     * Reads them.
     *
     * @param given as the setting has them
     * @param file null for none
     * @param clockMs milliseconds since the epoch
     * @throws WeirConfigException when one of them is none, or the file cannot be read
     */
    public static AccessTokens of(String given, @Nullable Path file, LongSupplier clockMs) {
        return new AccessTokens(parse(given), file, clockMs);
    }

    /** @throws WeirConfigException when the name is none */
    public static Fresh create(String name, Role role) {
        String token = AccessToken.random();
        String line = new AccessToken(name, role, AccessToken.hash(token)).line();
        try {
            AccessToken.parse(line);
        } catch (IllegalArgumentException e) {
            throw new WeirConfigException(
                    "NAME must be 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '@' and '-', got '" + name + "'",
                    e);
        }
        return new Fresh(token, line);
    }

    public boolean isEmpty() {
        return given.isEmpty() && current().isEmpty();
    }

    /** Whose a token is. Every known one is compared, each in the same time however much of it is right. */
    public Optional<Holder> holderOf(String token) {
        byte[] hash = AccessToken.hash(token);
        AccessToken found = null;
        for (List<AccessToken> some : List.of(given, current())) {
            for (AccessToken one : some) {
                found = MessageDigest.isEqual(one.hash(), hash) && found == null ? one : found;
            }
        }
        return Optional.ofNullable(found).map(one -> new Holder(one.name(), one.role()));
    }

    /** A file that cannot be read leaves what was known: an editor that is at work must not shut everybody out. */
    private List<AccessToken> current() {
        Path known = file;
        if (known == null) {
            return ofFile;
        }
        synchronized (this) {
            long now = clockMs.getAsLong();
            if (now - lookedMs >= LOOK_EVERY_MS || now < lookedMs) {
                lookedMs = now;
                readAnew(known);
            }
        }
        return ofFile;
    }

    private void readAnew(Path known) {
        FileTime modified = modified(known);
        if (modified == null || modified.equals(readAt)) {
            return;
        }
        readAt = modified;
        try {
            ofFile = read(known);
            log.info("read {} tokens of {} anew", ofFile.size(), known);
        } catch (WeirConfigException e) {
            log.error("the tokens known before go on holding: {}", e.getMessage());
        }
    }

    private static @Nullable FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }

    static List<AccessToken> parse(String given) {
        List<AccessToken> tokens = new ArrayList<>();
        for (String one : given.isBlank() ? new String[0] : given.split(",", -1)) {
            tokens.add(parse(HttpSettings.TOKENS, one.trim()));
        }
        return tokens;
    }

    private static AccessToken parse(String where, String text) {
        try {
            return AccessToken.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WeirConfigException(where + " " + e.getMessage(), e);
        }
    }

    /** One on a line; blank lines and remarks, which begin with #, are left out. */
    private static List<AccessToken> read(Path file) {
        List<String> lines;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new WeirConfigException(
                        HttpSettings.TOKENS_FILE + " = " + file + " may have " + MAX_FILE_BYTES + " bytes");
            }
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new WeirConfigException(
                    HttpSettings.TOKENS_FILE + " = " + file + " cannot be read: "
                            + e.getClass().getSimpleName()
                            + "; it has a token's line on each line, as 'weir token create' prints it",
                    e);
        }
        List<AccessToken> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                tokens.add(parse(file + " line " + (i + 1), line));
            }
        }
        if (tokens.size() > MOST) {
            throw new WeirConfigException(file + " may have " + MOST + " tokens, got " + tokens.size());
        }
        return tokens;
    }
}
