package io.weir.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The site's secret: {@value #BYTES} random bytes, kept as hexadecimal digits in a file that its owner alone can read. Never shown. */
public final class SiteSecret {
    private static final Logger log = LoggerFactory.getLogger(SiteSecret.class);

    private static final int BYTES = 32;
    /** Far more than the digits and the white space around them. */
    private static final long MAX_FILE_BYTES = 1024;

    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]{" + 2 * BYTES + "}");
    private static final String ADVICE = "; it must hold " + 2 * BYTES
            + " hexadecimal digits, the same on every engine and edge (" + CommonSettings.SITE_SECRET_FILE + ")";

    private final byte[] bytes;

    private SiteSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** For the engines and edges of a cluster, where somebody must have put the same file everywhere. */
    public static SiteSecret read(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new WeirConfigException("the site's secret " + file + " does not exist" + ADVICE);
            }
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
                throw bad(file);
            }
            warnWhenOthersCanRead(file);
            return parse(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw unusable(file, "read", e);
        }
    }

    /** For a site on one machine: makes the secret when there is none yet. Two processes that start at once get the same. */
    public static synchronized SiteSecret readOrCreate(Path file) {
        try {
            if (Files.exists(file) && Files.size(file) > 0) {
                return read(file);
            }
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            create(file);
        } catch (IOException e) {
            throw unusable(file, "created", e);
        }
        return read(file);
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

    /** The lock makes a second process wait and then find the file written. */
    private static void create(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
            channel.lock();
            if (channel.size() == 0) {
                byte[] fresh = new byte[BYTES];
                new SecureRandom().nextBytes(fresh);
                String text = HexFormat.of().formatHex(fresh) + "\n";
                ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
                log.info("made the site's secret in {}", file);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    /** A warning only: an orchestrator that mounts secrets may leave no choice. */
    private static void warnWhenOthersCanRead(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            log.warn("everybody on this machine can read the site's secret in {}; chmod 600 it", file);
        }
    }

    private static SiteSecret parse(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).trim();
        if (!DIGITS.matcher(text).matches()) {
            throw bad(file);
        }
        return new SiteSecret(HexFormat.of().parseHex(text));
    }

    private static WeirConfigException bad(Path file) {
        return new WeirConfigException("the site's secret " + file + " is not one" + ADVICE);
    }

    private static WeirConfigException unusable(Path file, String verb, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getClass().getSimpleName();
        return new WeirConfigException("the site's secret " + file + " cannot be " + verb + ": " + why + ADVICE, e);
    }
}
