package io.weir.edge.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One request: its bytes, and where in them each attribute of ours has its value. Values become text when they are asked for, since most are
 * not.
 */
final class PolicyRequest implements PolicyQuestion {
    /** What the protocol calls the only kind of request there is. */
    private static final String KIND = "smtpd_access_policy";

    private static final int ABSENT = -1;
    static final int MOST_ATTRIBUTES = 100;

    private final byte[] bytes;
    private final int[] from = new int[PolicyAttribute.values().length];
    private final int[] to = new int[PolicyAttribute.values().length];

    private PolicyRequest(byte[] bytes) {
        this.bytes = bytes;
        Arrays.fill(from, ABSENT);
    }

    /**
     * Reads a whole request. Of an attribute that comes twice the last value counts.
     *
     * @param bytes lines that each end with a newline, without the empty one; a carriage return before it is no part of the line
     * @param ends where the newlines are, of the first {@link #MOST_ATTRIBUTES} lines: whoever cut the request out has met them all
     * @param lines how many lines there are
     * @throws MalformedRequestException when a line is no attribute, there are too many, or it is no policy request
     */
    static PolicyRequest read(byte[] bytes, int[] ends, int lines) {
        if (lines > MOST_ATTRIBUTES) {
            throw new MalformedRequestException("a request may have " + MOST_ATTRIBUTES + " attributes");
        }
        PolicyRequest request = new PolicyRequest(bytes);
        int begin = 0;
        for (int i = 0; i < lines; i++) {
            int end = ends[i];
            request.attribute(begin, end > begin && bytes[end - 1] == '\r' ? end - 1 : end);
            begin = end + 1;
        }
        if (!request.text(PolicyAttribute.REQUEST).equals(KIND)) {
            throw new MalformedRequestException("request must be " + KIND);
        }
        return request;
    }

    private void attribute(int begin, int end) {
        int equals = begin;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals == end || equals == begin) {
            throw new MalformedRequestException("a line must be name=value");
        }
        PolicyAttribute attribute = PolicyAttribute.at(bytes, begin, equals);
        if (attribute != null) {
            from[attribute.ordinal()] = equals + 1;
            to[attribute.ordinal()] = end;
        }
    }

    @Override
    public boolean has(PolicyAttribute attribute) {
        return from[attribute.ordinal()] != ABSENT && to[attribute.ordinal()] > from[attribute.ordinal()];
    }

    @Override
    public String text(PolicyAttribute attribute) {
        int begin = from[attribute.ordinal()];
        return begin == ABSENT ? "" : new String(bytes, begin, to[attribute.ordinal()] - begin, StandardCharsets.UTF_8);
    }

    @Override
    public long number(PolicyAttribute attribute) {
        int begin = from[attribute.ordinal()];
        long number = 0;
        for (int i = begin; begin != ABSENT && i < to[attribute.ordinal()]; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || number > Long.MAX_VALUE / 100) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    @Override
    public ProtocolState state() {
        return ProtocolState.of(text(PolicyAttribute.PROTOCOL_STATE));
    }
}
