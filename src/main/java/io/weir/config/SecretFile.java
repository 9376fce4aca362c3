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

/** A file of {@value #BYTES} random bytes, as hexadecimal digits, that its owner alone can read. What is in it is never shown. */
final class SecretFile {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

    private static final int BYTES = 32;
    /** Far more than the digits and the white space around them. */
    private static final long MAX_FILE_BYTES = 1024;

    private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]{" + 2 * BYTES + "}");

    private final String what;
    private final String advice;

    /**
     * @param what what the file holds, for messages: "the site's secret"
     * @param whose what else to know about it, after a comma
     */
    SecretFile(String what, String whose) {
        this.what = what;
        this.advice = "; it must hold " + 2 * BYTES + " hexadecimal digits, " + whose;
    }

    /** Reads it; it must be there. */
    byte[] read(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new WeirConfigException(what + " " + file + " does not exist" + advice);
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

    /** Makes it when there is none yet. Two processes that start at once get the same. */
    synchronized byte[] readOrCreate(Path file) {
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

    /** The lock makes a second process wait and then find the file written. */
    private void create(Path file) throws IOException {
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
                log.info("made {} in {}", what, file);
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
    private void warnWhenOthersCanRead(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            log.warn("everybody on this machine can read {} in {}; chmod 600 it", what, file);
        }
    }

    private byte[] parse(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).trim();
        if (!DIGITS.matcher(text).matches()) {
            throw bad(file);
        }
        return HexFormat.of().parseHex(text);
    }

    private WeirConfigException bad(Path file) {
        return new WeirConfigException(what + " " + file + " is not one" + advice);
    }

    private WeirConfigException unusable(Path file, String verb, IOException e) {
        String why = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getClass().getSimpleName();
        return new WeirConfigException(what + " " + file + " cannot be " + verb + ": " + why + advice, e);
    }
}
