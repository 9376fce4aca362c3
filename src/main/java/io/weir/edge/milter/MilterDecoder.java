package io.weir.edge.milter;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into packets. After one that is none nothing can be framed any more: what is wrong comes out as an exception, and the rest is
 * read over.
 */
final class MilterDecoder extends ByteToMessageDecoder {
    /** Most bytes of a packet. Bodies, the only long ones, are not asked for. */
    static final int MAX_PACKET_BYTES = 64 * 1024;

    private boolean isBroken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < Integer.BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length == 0 || length > MAX_PACKET_BYTES) {
            broken(in, out, "a packet may have 1 to " + MAX_PACKET_BYTES + " bytes");
        } else if (in.readableBytes() >= Integer.BYTES + length) {
            packet(in.skipBytes(Integer.BYTES), (int) length, out);
        }
    }

    private void packet(ByteBuf in, int length, List<Object> out) {
        MilterCommand command = MilterCommand.of(in.readByte());
        if (command == null) {
            broken(in, out, "there is no such command");
            return;
        }
        byte[] data = new byte[length - 1];
        in.readBytes(data);
        out.add(new MilterPacket(command, data));
    }

    private void broken(ByteBuf in, List<Object> out, String why) {
        isBroken = true;
        in.skipBytes(in.readableBytes());
        out.add(new MalformedPacketException(why));
    }
}
