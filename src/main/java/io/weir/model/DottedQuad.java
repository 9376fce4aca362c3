package io.weir.model;

import org.jspecify.annotations.Nullable;

/**
 * The common spelling of an IPv4 address, read without the general parser: it is on the path of every event, and the general one costs more
 * than the rest of the event.
 */
final class DottedQuad {
    private static final int OCTETS = 4;
    private static final int MAX_TEXT = 15;

    private DottedQuad() {}

    /** The four octets; null when the text is anything but four numbers of 0 to 255 without leading zeros. */
    static byte @Nullable [] parse(String text) {
        if (text.length() > MAX_TEXT) {
            return null;
        }
        byte[] raw = new byte[OCTETS];
        int at = 0;
        for (int octet = 0; octet < OCTETS; octet++) {
            int start = at;
            int value = 0;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = value * 10 + (text.charAt(at++) - '0');
                if (value > 255) {
                    return null;
                }
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            boolean ended = octet == OCTETS - 1 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (at == start || leadingZero || !ended) {
                return null;
            }
            raw[octet] = (byte) value;
            at++;
        }
        return raw;
    }

    static String text(byte[] raw) {
        StringBuilder text = new StringBuilder(MAX_TEXT);
        for (int i = 0; i < OCTETS; i++) {
            if (i > 0) {
                text.append('.');
            }
            text.append(raw[i] & 0xff);
        }
        return text.toString();
    }

    /** Loopback 127/8, private 10/8, 172.16/12 and 192.168/16, link-local 169.254/16, unspecified 0.0.0.0, multicast 224/4. */
    static boolean isExempt(byte[] raw) {
        int first = raw[0] & 0xff;
        int second = raw[1] & 0xff;
        return switch (first) {
            case 10, 127 -> true;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168;
            case 169 -> second == 254;
            case 0 -> second == 0 && raw[2] == 0 && raw[3] == 0;
            default -> first >= 224 && first < 240;
        };
    }
}
