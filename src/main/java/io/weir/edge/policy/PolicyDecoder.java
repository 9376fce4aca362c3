package io.weir.edge.policy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the stream into requests. What is framed but malformed comes out as the exception that says why, to be answered in its turn; what
 * exceeds the bound of a request cannot be framed any more and ends the connection.
 */
final class PolicyDecoder extends ByteToMessageDecoder {
    /** Where the search for the next newline goes on. */
    private int searched;

    /** Where the line begins that the search is in. */
    private int line;

    private final int[] ends = new int[PolicyRequest.MOST_ATTRIBUTES];
    private int lines;
    private boolean isBroken;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isBroken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int end = endOfRequest(in);
        if (end >= 0) {
            out.add(request(in, end));
            searched = 0;
            line = 0;
            lines = 0;
        } else if (in.readableBytes() > PolicyOptions.MAX_REQUEST_BYTES) {
            isBroken = true;
            in.skipBytes(in.readableBytes());
            out.add(new UnframedException());
        }
    }

    /** Bytes before the empty line; -1 when it has not come yet. */
    private int endOfRequest(ByteBuf in) {
        int begin = in.readerIndex();
        while (true) {
            int newline = in.indexOf(begin + searched, in.writerIndex(), (byte) '\n');
            if (newline < 0) {
                searched = in.readableBytes();
                return -1;
            }
            int at = newline - begin;
            boolean isEmpty = at == line || (at == line + 1 && in.getByte(begin + line) == '\r');
            searched = at + 1;
            if (isEmpty) {
                return line;
            }
            if (lines < ends.length) {
                ends[lines] = at;
            }
            lines++;
            line = searched;
        }
    }

    private Object request(ByteBuf in, int length) {
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        in.skipBytes(searched - length);
        try {
            return PolicyRequest.read(bytes, ends, lines);
        } catch (MalformedRequestException e) {
            return e;
        }
    }

    /** A request without an end. */
    static final class UnframedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnframedException() {
            super("a request may have " + PolicyOptions.MAX_REQUEST_BYTES + " bytes", null, false, false);
        }
    }
}
