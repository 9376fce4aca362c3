package io.weir.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Events on their way to Kafka, on disk, in the order in which they happened. Each gets the edge's next number before it is kept; the number and
 * the event are one write, so that after a crash no number is given twice and no event goes out under two.
 *
 * <p>A queue in RocksDB, which the engine needs anyway: keys are numbers, so that reading goes on from where it was; its log makes a write survive
 * the death of the process. Bounded: beyond the bound the oldest events go.
 */
final class EventSpool implements AutoCloseable {
    /** The number up to which Kafka has taken everything; sorts before every number's key, whose first byte is 1. */
    private static final byte[] TAKEN_KEY = {0};

    /** Before a mark's name; sorts between that key and the events. */
    private static final byte[] MARK_PREFIX = {0, 'm'};

    private static final int HEAD_BYTES = Long.BYTES + Integer.BYTES;
    private static final long BUFFER_BYTES = 8 * 1024 * 1024;
    private static final long KEPT_LOG_BYTES = 1024 * 1024;
    /** An empty spool begins at the time of day in microseconds: above every number of a spool that was lost. */
    private static final long NUMBERS_PER_MS = 1_000;

    /** Why the library cannot be used in this process; empty when that is not known. */
    private static volatile String unlinkable = "";

    private final Options options;
    private final WriteOptions unsynced = new WriteOptions();
    private final RocksDB database;
    private final long maxBytes;
    private long taken;
    private long next;
    private long bytes;
    private long count;
    private boolean closed;

    /**
     * An event as it is kept.
     *
     * @param number {@code edgeSeq}
     * @param atMs event time: the record's timestamp
     * @param key the record's key
     * @param value the record's value
     */
    record Entry(long number, long atMs, String key, byte[] value) {}

    /**
     * Opens the spool, or makes an empty one.
     *
     * @param nowMs the time of day
     * @throws EdgeException when the directory cannot be used, or another process uses it
     */
    static EventSpool open(Path directory, long maxBytes, long nowMs) {
        loadLibrary();
        Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setMaxLogFileSize(KEPT_LOG_BYTES)
                .setKeepLogFileNum(1);
        try {
            Files.createDirectories(directory);
            return new EventSpool(options, RocksDB.open(options, directory.toString()), maxBytes, nowMs);
        } catch (IOException | RocksDBException e) {
            options.close();
            throw new EdgeException(
                    "the spool in " + directory + " cannot be opened (" + e.getMessage()
                            + "); is another edge running there, and may this user write there?",
                    e);
        }
    }

    /** Not a second time after it could not be linked: RocksDB then waits for the first attempt without end. */
    private static void loadLibrary() {
        if (!unlinkable.isEmpty()) {
            throw new EdgeException(unlinkable, null);
        }
        try {
            RocksDB.loadLibrary();
        } catch (LinkageError e) {
            unlinkable = "RocksDB's native library cannot be used (" + e.getMessage() + "); may programs in "
                    + System.getProperty("java.io.tmpdir")
                    + " be executed? Start again with another -Djava.io.tmpdir if not";
            throw new EdgeException(unlinkable, e);
        }
    }

    private EventSpool(Options options, RocksDB database, long maxBytes, long nowMs) throws RocksDBException {
        this.options = options;
        this.database = database;
        this.maxBytes = maxBytes;
        byte[] stored = database.get(TAKEN_KEY);
        this.taken = stored == null
                ? nowMs * NUMBERS_PER_MS
                : ByteBuffer.wrap(stored).getLong();
        this.next = taken + 1;
        try (RocksIterator all = database.newIterator()) {
            for (all.seek(key(taken + 1)); all.isValid(); all.next()) {
                next = number(all.key()) + 1;
                bytes += all.value().length;
                count++;
            }
        }
        // Writes are not synced: what a power cut took may have reached Kafka, which must not see its numbers again.
        next = Math.max(next, nowMs * NUMBERS_PER_MS);
        if (stored == null) {
            database.put(TAKEN_KEY, value(taken));
        }
    }

    /**
     * An event that has no number yet.
     *
     * @param atMs event time
     * @param key the record's key
     * @param event makes the record's value when the number is known
     */
    record Pending(long atMs, String key, LongFunction<byte[]> event) {}

    /**
     * Keeps events: all of them in one write, or none.
     *
     * @return how many of the oldest events had to go for them
     */
    synchronized int add(List<Pending> events) {
        return add(events, null);
    }

    /**
     * How far a source of events has been read.
     *
     * @param name of the source
     * @param value whatever the reader needs to go on from there
     */
    record Mark(String name, byte[] value) {}

    /**
     * Keeps events and how far their source has been read: all of it in one write, or nothing. So a reader that goes on from the mark
     * after a crash gives no event twice and leaves none out.
     *
     * @return how many of the oldest events had to go for them
     */
    synchronized int add(List<Pending> events, @Nullable Mark mark) {
        requireOpen();
        long number = next;
        long size = 0;
        try (WriteBatch batch = new WriteBatch()) {
            for (Pending pending : events) {
                byte[] entry = entry(pending, number);
                batch.put(key(number), entry);
                number++;
                size += entry.length;
            }
            if (mark != null) {
                batch.put(markKey(mark.name), mark.value);
            }
            database.write(unsynced, batch);
            next = number;
            count += events.size();
            bytes += size;
            return bytes > maxBytes ? dropOldest() : 0;
        } catch (RocksDBException e) {
            throw new EdgeException("events cannot be kept: " + e.getMessage(), e);
        }
    }

    private static byte[] entry(Pending pending, long number) {
        byte[] key = pending.key.getBytes(StandardCharsets.UTF_8);
        byte[] value = pending.event.apply(number);
        return ByteBuffer.allocate(HEAD_BYTES + key.length + value.length)
                .putLong(pending.atMs)
                .putInt(key.length)
                .put(key)
                .put(value)
                .array();
    }

    /** A tenth at a time: each event for itself would be a search from the start for each. */
    private int dropOldest() throws RocksDBException {
        long last = taken;
        long freed = 0;
        int dropped = 0;
        try (RocksIterator all = database.newIterator()) {
            for (all.seek(key(taken + 1)); all.isValid() && freed < maxBytes / 10; all.next()) {
                last = number(all.key());
                freed += all.value().length;
                dropped++;
            }
        }
        forget(last, freed, dropped);
        return dropped;
    }

    /** Up to {@code most} of the events that come after {@code number}, oldest first. */
    synchronized List<Entry> after(long number, int most) {
        requireOpen();
        List<Entry> entries = new ArrayList<>();
        // Without the lower bound a search would step over the tombstones of everything that was ever taken.
        try (Slice lowest = new Slice(key(number + 1));
                ReadOptions bounded = new ReadOptions().setIterateLowerBound(lowest);
                RocksIterator all = database.newIterator(bounded)) {
            for (all.seekToFirst(); all.isValid() && entries.size() < most; all.next()) {
                entries.add(entry(number(all.key()), all.value()));
            }
        }
        return entries;
    }

    private static Entry entry(long number, byte[] value) {
        ByteBuffer entry = ByteBuffer.wrap(value);
        long atMs = entry.getLong();
        int length = entry.getInt();
        String key = new String(value, HEAD_BYTES, length, StandardCharsets.UTF_8);
        return new Entry(number, atMs, key, Arrays.copyOfRange(value, HEAD_BYTES + length, value.length));
    }

    /** Kafka has these, which are the oldest: they are not needed any more. */
    synchronized void taken(List<Entry> entries) {
        requireOpen();
        long size = 0;
        int done = 0;
        long last = taken;
        for (Entry entry : entries) {
            if (entry.number > taken) { // otherwise it was dropped meanwhile
                size += HEAD_BYTES + entry.key.getBytes(StandardCharsets.UTF_8).length + entry.value.length;
                done++;
                last = entry.number;
            }
        }
        try {
            forget(last, size, done);
        } catch (RocksDBException e) {
            throw new EdgeException("the spool cannot be written: " + e.getMessage(), e);
        }
    }

    private void forget(long upTo, long freed, int events) throws RocksDBException {
        if (upTo == taken) {
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            batch.deleteRange(key(taken + 1), key(upTo + 1));
            batch.put(TAKEN_KEY, value(upTo));
            database.write(unsynced, batch);
        }
        taken = upTo;
        bytes -= freed;
        count -= events;
    }

    /** The number up to which Kafka has everything. */
    synchronized long taken() {
        return taken;
    }

    /** The last mark of that name; null before the first. */
    synchronized byte @Nullable [] mark(String name) {
        requireOpen();
        try {
            return database.get(markKey(name));
        } catch (RocksDBException e) {
            throw new EdgeException("the spool cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] markKey(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(MARK_PREFIX.length + text.length)
                .put(MARK_PREFIX)
                .put(text)
                .array();
    }

    /** Whether half of what may wait is still free. */
    synchronized boolean hasRoom() {
        return bytes < maxBytes / 2;
    }

    /** Events that wait. */
    synchronized long waiting() {
        return count;
    }

    /** Native code does not bear to be called on a database that is gone. */
    private void requireOpen() {
        if (closed) {
            throw new EdgeException("the spool is closed", null);
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES).put((byte) 1).putLong(number).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    private static byte[] value(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public synchronized void close() {
        closed = true;
        database.close();
        unsynced.close();
        options.close();
    }
}
