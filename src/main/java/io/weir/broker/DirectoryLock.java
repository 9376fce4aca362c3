package io.weir.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One process per data directory. Kafka locks its log directory too, but only after it has read and formatted it, and its message does not
 * name the owner.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE_NAME = "lock";

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "the broker's data directory " + directory + " cannot be created: " + e, e);
        }
        Path file = directory.resolve(FILE_NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock lock = tryLock(channel);
                if (lock == null) {
                    throw new EmbeddedBrokerException(
                            "the broker's data directory " + directory + " is in use by process " + read(channel)
                                    + "; stop that process or choose another data directory");
                }
                write(channel, Long.toString(ProcessHandle.current().pid()));
                return new DirectoryLock(channel, lock);
            } catch (Throwable t) {
                channel.close();
                throw t;
            }
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "the broker's data directory " + directory + " cannot be locked: " + e, e);
        }
    }

    /** Null when somebody holds the lock, another process or a second broker in this one. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        return StandardCharsets.US_ASCII.decode(buffer.flip()).toString();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** The file stays: deleting it would let two processes lock two files of one name. */
    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
