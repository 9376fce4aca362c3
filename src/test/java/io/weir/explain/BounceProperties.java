package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;

/** Whatever somebody pastes: no failure, bounded results, bounded time. */
class BounceProperties {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final List<String> SHARDS = List.of(
            "451 4.7.500 ",
            "451-4.7.500\r\n",
            "<451 4.7.651 ",
            "(AS",
            "510)",
            "[203.0.113.7]",
            "[::",
            "host a[1.2.3.4] said: ",
            "Content-Type: multipart/report; boundary=b\r\n",
            "Content-Type: text/html; charset=utf-7\r\n",
            "Content-Type: message/rfc822\r\n",
            "Content-Type: message/delivery-status\r\n",
            "Content-Transfer-Encoding: base64\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "--b\r\n",
            "--b--\r\n",
            "\r\n",
            "\r\n\r\n",
            "Diagnostic-Code: smtp; ",
            "Final-Recipient: rfc822; a@b.c\r\n",
            "Status: 4.7.500\r\n",
            "From: a\r\n",
            "{\"delay_reason\": \"",
            "\"}\n",
            "\\u0000",
            "=\r\n",
            "=3D",
            "<",
            "<a ",
            ">",
            "K7Q2MKX4A2PD37WZ",
            "https://x/help/",
            "\0",
            "Remote-MTA: ",
            "&amp;",
            "-----",
            " copy of ",
            "550 ",
            "5.",
            ".",
            "Received: from x\r\n\t");

    @Property(tries = 300)
    void anyBytesAreRead(@ForAll @Size(max = 2_000) byte[] bytes) {
        check(Bounce.parse(bytes));
    }

    @Property(tries = 400)
    void anyMixtureOfPiecesIsRead(@ForAll("mixtures") byte[] bytes) {
        check(Bounce.parse(bytes));
    }

    /** What could make a pattern try everything: the same piece over and over. */
    @Property(tries = 20)
    void repetitionTakesNoLonger(
            @ForAll("shards") String one, @ForAll("shards") String other, @ForAll @IntRange(max = 3) int odd) {
        String pair = one + other + "x".repeat(odd);
        byte[] bytes = pair.repeat(Bounce.MOST_BYTES / pair.length()).getBytes(StandardCharsets.UTF_8);
        Assertions.assertTimeout(PATIENCE, () -> check(Bounce.parse(bytes)));
    }

    @Provide
    Arbitrary<byte[]> mixtures() {
        Arbitrary<byte[]> piece = Arbitraries.frequencyOf(
                Tuple.of(9, shards().map(text -> text.getBytes(StandardCharsets.UTF_8))),
                Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(20)));
        return piece.list().ofMaxSize(60).map(BounceProperties::join);
    }

    @Provide
    Arbitrary<String> shards() {
        return Arbitraries.of(SHARDS);
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        pieces.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static void check(Bounce bounce) {
        assertThat(bounce.text()).hasSizeLessThanOrEqualTo(Bounce.MOST_TEXT);
        if (bounce.replyCode() != null) {
            assertThat(bounce.replyCode()).isBetween(200, 599);
        }
        if (bounce.status() != null) {
            assertThat(bounce.status()).matches("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
        }
        if (bounce.caseId() != null) {
            assertThat(bounce.caseId()).matches("[A-Z2-7]{16}");
        }
        if (bounce.host() != null) {
            assertThat(bounce.host()).matches("[a-z0-9_][a-z0-9._-]*");
        }
    }
}
