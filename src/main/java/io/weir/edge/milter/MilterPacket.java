package io.weir.edge.milter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A command and its data, which is read from its beginning on. */
final class MilterPacket {
    private final MilterCommand command;
    private final ByteBuffer data;

    MilterPacket(MilterCommand command, byte[] data) {
        this.command = command;
        this.data = ByteBuffer.wrap(data);
    }

    MilterCommand command() {
        return command;
    }

    boolean hasMore() {
        return data.hasRemaining();
    }

    /** @throws MalformedPacketException when there are no four bytes more */
    int number() {
        require(Integer.BYTES);
        return data.getInt();
    }

    /** @throws MalformedPacketException when there is no byte more */
    byte code() {
        require(1);
        return data.get();
    }

    /** @throws MalformedPacketException when there are fewer bytes more */
    void skip(int bytes) {
        require(bytes);
        data.position(data.position() + bytes);
    }

    /** @throws MalformedPacketException when no zero byte ends it */
    String text() {
        int begin = data.position();
        for (int i = begin; i < data.limit(); i++) {
            if (data.get(i) == 0) {
                data.position(i + 1);
                return new String(data.array(), begin, i - begin, StandardCharsets.UTF_8);
            }
        }
        throw new MalformedPacketException("a text must end with a zero byte");
    }

    private void require(int bytes) {
        if (data.remaining() < bytes) {
            throw new MalformedPacketException("a packet of " + command + " is too short");
        }
    }
}
