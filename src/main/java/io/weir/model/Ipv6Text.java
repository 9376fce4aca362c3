package io.weir.model;

/** The canonical text of an IPv6 address, RFC 5952: lower case, no leading zeros, the first longest run of zero groups as {@code ::}. */
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final int MAX_TEXT = 39;

    private Ipv6Text() {}

    /** @param raw 16 bytes */
    static String of(byte[] raw) {
        int runStart = GROUPS;
        // A single zero group stays as it is.
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeroGroups(raw, i);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
            i += Math.max(0, length - 1);
        }
        StringBuilder text = new StringBuilder(MAX_TEXT);
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (i > 0 && i != runStart + runLength) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(raw, i)));
        }
        return text.toString();
    }

    private static int zeroGroups(byte[] raw, int from) {
        int end = from;
        while (end < GROUPS && group(raw, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(byte[] raw, int i) {
        return (raw[2 * i] & 0xff) << 8 | (raw[2 * i + 1] & 0xff);
    }
}
