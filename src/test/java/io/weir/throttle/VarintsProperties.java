package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class VarintsProperties {
    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll @Size(max = 8) long[] values) {
        Varints out = new Varints(0);
        for (long value : values) {
            out.write(value);
            out.writeSigned(value);
        }
        out.writeMasked(values);
        out.writeBytes(new byte[] {1, 2, 3});
        Varints.Reader in = new Varints.Reader(out.toBytes());
        for (long value : values) {
            assertThat(in.read()).isEqualTo(value);
            assertThat(in.readSigned()).isEqualTo(value);
        }
        long[] columns = in.readMasked();
        for (int i = 0; i < values.length; i++) {
            assertThat(i < columns.length ? columns[i] : 0).isEqualTo(values[i]);
        }
        assertThat(in.readBytes()).containsExactly(1, 2, 3);
        assertThat(in.hasMore()).isFalse();
    }

    @Example
    void smallNumbersTakeOneByte() {
        Varints out = new Varints(0);
        out.write(127);
        assertThat(out.size()).isEqualTo(1);
        out.writeSigned(-64);
        assertThat(out.size()).isEqualTo(2);
        out.write(128);
        assertThat(out.size()).isEqualTo(4);
        out.write(-1);
        assertThat(out.size()).isEqualTo(14);
    }

    @Property(tries = 200)
    void bytesCutShortAreAnErrorNotAnEndlessRead(@ForAll long value, @ForAll @Size(max = 40) byte[] more) {
        Varints out = new Varints(0);
        out.write(value);
        out.writeBytes(more);
        byte[] cut = java.util.Arrays.copyOf(out.toBytes(), out.size() - 1);
        Varints.Reader in = new Varints.Reader(cut);
        assertThatThrownBy(() -> {
                    in.read();
                    in.readBytes();
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void aNumberOfElevenBytesIsAnError() {
        byte[] endless = new byte[11];
        java.util.Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(() -> new Varints.Reader(endless).read()).hasMessageContaining("longer than 10 bytes");
    }

    @Example
    void aLengthThatLiesIsAnError() {
        Varints out = new Varints(0);
        out.write(1_000_000);
        assertThatThrownBy(() -> new Varints.Reader(out.toBytes()).readBytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000");
    }
}
