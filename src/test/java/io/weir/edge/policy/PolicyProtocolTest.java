package io.weir.edge.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.weir.config.MetricName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PolicyProtocolTest {
    private static final String REQUEST =
            "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=203.0.113.7\nsender=\nsize=12345\ninstance=1.2\n\n";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<PolicyQuestion> seen = new ArrayList<>();
    private boolean failing;

    private final PolicyService service = new PolicyService() {
        @Override
        public String answer(PolicyQuestion request, Object connection) {
            if (failing) {
                throw new IllegalStateException("a defect");
            }
            seen.add(request);
            return "451 4.7.500 number " + seen.size();
        }

        @Override
        public void closed(Object connection) {
            seen.clear();
        }
    };

    private EmbeddedChannel open() {
        PolicyMeters meters = new PolicyMeters(registry);
        RareLog complaints = new RareLog(LoggerFactory.getLogger(PolicyProtocolTest.class), System::nanoTime);
        return new EmbeddedChannel(new PolicyDecoder(), new PolicyHandler(service, meters, complaints, 2));
    }

    private static String say(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            said.append(out.toString(StandardCharsets.US_ASCII));
            out.release();
        }
        return said.toString();
    }

    @Test
    void eachRequestIsAnsweredInItsTurn() {
        EmbeddedChannel channel = open();
        assertThat(say(channel, REQUEST + REQUEST))
                .isEqualTo("action=451 4.7.500 number 1\n\naction=451 4.7.500 number 2\n\n");
        PolicyQuestion request = seen.get(0);
        assertThat(request.state()).isEqualTo(ProtocolState.RCPT);
        assertThat(request.text(PolicyAttribute.CLIENT_ADDRESS)).isEqualTo("203.0.113.7");
        assertThat(request.has(PolicyAttribute.SENDER)).isFalse();
        assertThat(request.number(PolicyAttribute.SIZE)).isEqualTo(12_345);
        assertThat(request.text(PolicyAttribute.HELO_NAME)).isEmpty();
    }

    @Test
    void aRequestMayComeInAnyPieces() {
        EmbeddedChannel channel = open();
        StringBuilder said = new StringBuilder();
        for (char c : (REQUEST + REQUEST).toCharArray()) {
            said.append(say(channel, String.valueOf(c)));
        }
        assertThat(said).hasToString("action=451 4.7.500 number 1\n\naction=451 4.7.500 number 2\n\n");
    }

    @Test
    void linesMayEndAsInMail() {
        assertThat(say(open(), REQUEST.replace("\n", "\r\n"))).isEqualTo("action=451 4.7.500 number 1\n\n");
        assertThat(seen).hasSize(1);
    }

    @Test
    void everyAttributeIsFoundByItsName() {
        StringBuilder text = new StringBuilder("request=smtpd_access_policy\n");
        for (PolicyAttribute attribute : PolicyAttribute.values()) {
            if (attribute != PolicyAttribute.REQUEST) {
                text.append(attribute.name().toLowerCase(Locale.ROOT))
                        .append("=v")
                        .append(attribute.ordinal())
                        .append('\n');
                text.append("x_").append(attribute.name()).append("=none of ours\n");
            }
        }
        say(open(), text + "\n");
        for (PolicyAttribute attribute : PolicyAttribute.values()) {
            assertThat(seen.get(0).text(attribute))
                    .isEqualTo(
                            attribute == PolicyAttribute.REQUEST ? "smtpd_access_policy" : "v" + attribute.ordinal());
        }
    }

    @Test
    void whatIsMalformedIsAnsweredAndTheConnectionGoesOn() {
        EmbeddedChannel channel = open();
        assertThat(say(channel, "no attribute\n\n")).isEqualTo("action=DUNNO\n\n");
        assertThat(say(channel, "\n")).isEqualTo("action=DUNNO\n\n");
        assertThat(say(channel, "request=other\n\n")).isEqualTo("action=DUNNO\n\n");
        assertThat(say(channel, "a=b\n".repeat(101) + "\n")).isEqualTo("action=DUNNO\n\n");
        assertThat(say(channel, REQUEST)).isEqualTo("action=451 4.7.500 number 1\n\n");
        assertThat(count(MetricName.POLICY_MALFORMED)).isEqualTo(4);
        assertThat(count(MetricName.POLICY_REQUESTS)).isEqualTo(1);
    }

    @Test
    void aRequestWithoutAnEndIsAnsweredAndEndsTheConnection() {
        EmbeddedChannel channel = open();
        assertThat(say(channel, "sender=" + "x".repeat(33 * 1024))).isEqualTo("action=DUNNO\n\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aDefectLetsMailPass() {
        failing = true;
        assertThat(say(open(), REQUEST)).isEqualTo("action=DUNNO\n\n");
        assertThat(count(MetricName.POLICY_FAILED)).isEqualTo(1);
    }

    @Test
    void whoHasSaidAllGetsTheAnswerAndThenTheEnd() {
        EmbeddedChannel channel = open();
        channel.writeInbound(Unpooled.copiedBuffer(REQUEST, StandardCharsets.UTF_8));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
        ByteBuf out = channel.readOutbound();
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("action=451 4.7.500 number 1\n\n");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void oneConnectionTooManyIsClosedAtOnce() {
        PolicyMeters meters = new PolicyMeters(registry);
        RareLog complaints = new RareLog(LoggerFactory.getLogger(PolicyProtocolTest.class), System::nanoTime);
        List<EmbeddedChannel> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(new EmbeddedChannel(new PolicyDecoder(), new PolicyHandler(service, meters, complaints, 2)));
        }
        assertThat(open).extracting(EmbeddedChannel::isOpen).containsExactly(true, true, false);
        assertThat(count(MetricName.POLICY_REFUSED)).isEqualTo(1);
        open.get(0).close().syncUninterruptibly();
        assertThat(new EmbeddedChannel(new PolicyDecoder(), new PolicyHandler(service, meters, complaints, 2)).isOpen())
                .isTrue();
    }

    /** Whatever comes, nothing is thrown, and every empty line is answered as long as the connection lasts. */
    @Test
    void noiseIsBorne() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            EmbeddedChannel channel = open();
            byte[] noise = new byte[random.nextInt(4_000)];
            random.nextBytes(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextInt(4) == 0 ? (byte) "\n=\r a".charAt(random.nextInt(5)) : noise[i];
            }
            channel.writeInbound(Unpooled.wrappedBuffer(noise));
            assertThat(channel.isOpen()).isTrue();
            channel.checkException();
            channel.finishAndReleaseAll();
        }
    }

    private double count(MetricName name) {
        return registry.counter(name.id()).count();
    }
}
