package io.weir.engine;

import io.weir.throttle.Varints;

/**
 * How far the sweep has come, kept with the state so that it goes on there after a restart.
 *
 * @param senderBlock block of offsets in which senders were swept last
 * @param senderDay day, event time, in which they were
 * @param senderCursor key of the sender looked at last; empty before the first
 * @param verdictBlock block of offsets in which verdicts were swept last
 * @param verdictQuarter quarter of an hour, event time, in which they were
 * @param verdictCursor key of the verdict looked at last; empty before the first
 */
record SweepPosition(
        long senderBlock,
        long senderDay,
        byte[] senderCursor,
        long verdictBlock,
        long verdictQuarter,
        byte[] verdictCursor) {
    static final SweepPosition START = new SweepPosition(-1, -1, new byte[0], -1, -1, new byte[0]);

    private static final int VERSION = 1;

    SweepPosition withSenders(long block, long day, byte[] cursor) {
        return new SweepPosition(block, day, cursor, verdictBlock, verdictQuarter, verdictCursor);
    }

    SweepPosition withVerdicts(long block, long quarter, byte[] cursor) {
        return new SweepPosition(senderBlock, senderDay, senderCursor, block, quarter, cursor);
    }

    byte[] toBytes() {
        Varints out = new Varints(64);
        out.writeByte(VERSION);
        out.writeSigned(senderBlock);
        out.writeSigned(senderDay);
        out.writeBytes(senderCursor);
        out.writeSigned(verdictBlock);
        out.writeSigned(verdictQuarter);
        out.writeBytes(verdictCursor);
        return out.toBytes();
    }

    static SweepPosition of(byte[] bytes) {
        Varints.Reader in = new Varints.Reader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalStateException("a sweep position of version " + version + " cannot be read; known is "
                    + VERSION + ". A newer version of Weir wrote it");
        }
        return new SweepPosition(
                in.readSigned(), in.readSigned(), in.readBytes(), in.readSigned(), in.readSigned(), in.readBytes());
    }
}
