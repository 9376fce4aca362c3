package io.weir.replay.report;

import io.weir.throttle.PerHorizon;
import io.weir.throttle.Varints;
import java.util.ArrayList;
import java.util.List;

/**
 * One sender's volume bucket by bucket, and its record where that changed: a few bytes for each bucket in which it sent anything. What comes
 * late counts in the bucket that is open.
 */
public final class Track {
    private final Varints volume = new Varints(16);
    private final Varints records = new Varints(16);
    private long closed;
    private long bucket = -1;
    private long tried;
    private long deferred;
    private long later;
    private long recordBucket;
    private long askedHour = -1;
    private PerHorizon record = PerHorizon.ZERO;

    /**
     * What a sender did within a bucket, recipients.
     *
     * @param index number of the bucket since the epoch
     * @param tried attempts, retries apart
     * @param deferred those of them that were deferred, or would have been
     * @param later attempts deferred before that were admitted now
     */
    public record Volume(long index, long tried, long deferred, long later) {}

    /** The sender's record from a bucket on. */
    public record Record(long index, PerHorizon record) {}

    /** Opens a bucket, unless it is open or past. */
    void open(long index) {
        if (index > bucket) {
            close();
            bucket = index;
        }
    }

    /** Whether its record was not asked for in this hour yet; it changes once a day. */
    boolean isDue(long hour) {
        boolean isDue = hour > askedHour;
        askedHour = Math.max(hour, askedHour);
        return isDue;
    }

    private void close() {
        if (tried + deferred + later > 0) {
            volume.write(bucket - closed);
            volume.write(tried);
            volume.write(deferred);
            volume.write(later);
            closed = bucket;
            tried = 0;
            deferred = 0;
            later = 0;
        }
    }

    void tried(long attempts, boolean isDeferred) {
        tried += attempts;
        deferred += isDeferred ? attempts : 0;
    }

    void later(long attempts) {
        later += attempts;
    }

    /** What its record is in the open bucket. */
    void record(PerHorizon now) {
        if (!now.equals(record)) {
            record = now;
            records.write(bucket - recordBucket);
            records.write(now.fiveMinutes());
            records.write(now.hour());
            records.write(now.day());
            recordBucket = bucket;
        }
    }

    /** Buckets with anything in them, oldest first. */
    public List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        Varints.Reader in = new Varints.Reader(volume.toBytes());
        long index = 0;
        while (in.hasMore()) {
            index += in.read();
            volumes.add(new Volume(index, in.read(), in.read(), in.read()));
        }
        if (tried + deferred + later > 0) {
            volumes.add(new Volume(bucket, tried, deferred, later));
        }
        return volumes;
    }

    /** Every change of its record, oldest first; before the first it had none. */
    public List<Record> records() {
        List<Record> changes = new ArrayList<>();
        Varints.Reader in = new Varints.Reader(records.toBytes());
        long index = 0;
        while (in.hasMore()) {
            index += in.read();
            changes.add(new Record(index, new PerHorizon(in.read(), in.read(), in.read())));
        }
        return changes;
    }
}
