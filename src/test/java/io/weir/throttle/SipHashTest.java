package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
    /** The reference vectors: key 00 01 .. 0f, input 00 01 .. (length-1); length 15 is the example in the paper. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "2, 0d6c8009d9a94f5a",
        "3, 85676696d7fb7e2d",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        "15, a129ca6149be45e5"
    })
    void agreesWithTheReference(int length, String expected) {
        assertThat(Long.toHexString(new SipHash(counting(16)).hash(counting(length))))
                .isEqualTo(Long.toHexString(Long.parseUnsignedLong(expected, 16)));
    }

    @Test
    void refusesAShortKey() {
        assertThatThrownBy(() -> new SipHash(counting(15))).hasMessage("SipHash needs a key of 16 bytes, got 15");
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
