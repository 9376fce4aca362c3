package io.weir.replay.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** One file of a log, open: it stays the same file whatever it is called later. */
final class LogFile implements AutoCloseable {
    private static final int MOST_PRINTED = 1024;

    private final FileChannel channel;
    private final String key;

    /**
     * What a file begins with: tells it from others, and from itself after it was truncated.
     *
     * @param length bytes that are covered
     * @param hash of these: a log is personal data, and a position is not the place for it
     */
    record Fingerprint(int length, String hash) {
        static final Fingerprint NONE = new Fingerprint(0, "");
    }

    private LogFile(FileChannel channel, String key) {
        this.channel = channel;
        this.key = key;
    }

    /** @throws NoSuchFileException when there is none of that name, at this moment */
    static LogFile open(Path path) throws IOException {
        while (true) {
            String before = keyOf(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            if (before.equals(keyOrNone(path))) {
                return new LogFile(channel, before);
            }
            channel.close(); // another file has just taken the name
        }
    }

    /** The file that has the name now: device and inode. */
    static String keyOf(Path path) throws IOException {
        return String.valueOf(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    /** Empty when no file has the name. */
    static String keyOrNone(Path path) throws IOException {
        try {
            return keyOf(path);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    static Instant lastWritten(Path path, Instant otherwise) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return otherwise;
        }
    }

    String key() {
        return key;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Not to be closed; valid until the next call. */
    InputStream from(long offset) throws IOException {
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    /** Of as much of the file as lies before the offset, or as is enough. */
    Fingerprint fingerprint(long offset) throws IOException {
        return print((int) Math.min(offset, MOST_PRINTED));
    }

    boolean begins(Fingerprint fingerprint) throws IOException {
        return print(fingerprint.length).equals(fingerprint);
    }

    private Fingerprint print(int length) throws IOException {
        if (length == 0) {
            return Fingerprint.NONE;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // until all of it is read, or the file is shorter
        }
        return new Fingerprint(bytes.position(), hash(bytes.flip()));
    }

    private static String hash(ByteBuffer bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
