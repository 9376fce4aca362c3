package io.weir.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.weir.config.MetricName;
import io.weir.edge.policy.PolicyAttribute;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.edge.policy.PolicyService;
import io.weir.edge.policy.ProtocolState;
import io.weir.edge.policy.RareLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MilterProtocolTest {
    /** What sendmail 8.17 offers: version 6, actions, steps. */
    private static final String OFFER = "0000000d4f" + "00000006" + "000001ff" + "001fffff";

    private static final String CONTINUE = "0000000163";

    /** One for all: what is refused here is refused often. */
    private static final RareLog COMPLAINTS =
            new RareLog(LoggerFactory.getLogger(MilterProtocolTest.class), System::nanoTime);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MilterMeters meters = new MilterMeters(registry);
    private final List<PolicyQuestion> asked = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private int closed;

    private final PolicyService service = new PolicyService() {
        @Override
        public String answer(PolicyQuestion question, Object connection) {
            asked.add(question);
            String action = actions.isEmpty() ? DUNNO : actions.remove(0);
            if (action.equals("defect")) {
                throw new IllegalStateException("a defect");
            }
            return action;
        }

        @Override
        public void closed(Object connection) {
            closed++;
        }
    };

    private int sessions;
    private final EmbeddedChannel channel = open();

    private EmbeddedChannel open() {
        return new EmbeddedChannel(
                new MilterDecoder(),
                new MilterHandler(service, meters, COMPLAINTS, 1, () -> new MilterSession("milter." + ++sessions)));
    }

    /** Says bytes in hexadecimal; what comes back, likewise. */
    private static String say(EmbeddedChannel channel, String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
        StringBuilder said = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            said.append(ByteBufUtil.hexDump(out));
            out.release();
        }
        return said.toString();
    }

    private static String packet(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return String.format("%08x", bytes.length) + ByteBufUtil.hexDump(bytes);
    }

    private String connected(String client) {
        say(channel, OFFER);
        return say(channel, packet("Cclient.example.net\0" + "4\0\u0019" + client + "\0"));
    }

    private double counted(MetricName metric) {
        return registry.get(metric.id()).counter().count();
    }

    @Test
    void whatIsNotNeededIsLeftOutAndTheMacrosThatAreAreNamed() {
        String macros = "00000002"
                + ByteBufUtil.hexDump("i {auth_authen} {mail_addr} {tls_version} {verify} {cn_subject}\0"
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(say(channel, OFFER))
                .isEqualTo(String.format("%08x", 13 + macros.length() / 2) + "4f" + "00000006" + "00000100" + "00005372"
                        + macros);
    }

    @Test
    void anOldMtaIsAnsweredInItsOwnVersion() {
        assertThat(say(channel, "0000000d4f" + "00000002" + "0000003f" + "0000007f"))
                .isEqualTo("0000000d4f" + "00000002" + "00000000" + "00000072");
        assertThat(say(channel, packet("Cx\0U"))).isEqualTo(CONTINUE);
        assertThat(say(channel, packet("Hx\0"))).isEqualTo(CONTINUE);
        assertThat(say(channel, packet("M<a@b.example>\0"))).isEqualTo(CONTINUE);
        assertThat(say(channel, packet("R<c@d.example>\0"))).isEqualTo(CONTINUE);
        assertThat(asked.get(0).has(PolicyAttribute.CLIENT_ADDRESS)).isFalse();
    }

    @Test
    void aNewerMtaIsAnsweredInOurVersion() {
        assertThat(say(channel, "0000000d4f" + "00000007" + "00000000" + "00000000"))
                .isEqualTo("0000000d4f" + "00000006" + "00000000" + "00000000");
    }

    @Test
    void aRecipientIsAskedAboutWithAllThatIsKnown() {
        assertThat(connected("203.0.113.7")).isEmpty();
        say(
                channel,
                packet(
                        "DMi\0q1\0{auth_authen}\0joe\0{tls_version}\0TLSv1.3\0{verify}\0OK\0{cn_subject}\0mx+20a\0{x}\0y\0"));
        assertThat(say(channel, packet("M<a@b.example>\0SIZE=5\0"))).isEmpty();
        assertThat(say(channel, packet("R<c@d.example>\0NOTIFY=NEVER\0"))).isEqualTo(CONTINUE);
        PolicyQuestion question = asked.get(0);
        assertThat(question.state()).isEqualTo(ProtocolState.RCPT);
        assertThat(question.text(PolicyAttribute.CLIENT_ADDRESS)).isEqualTo("203.0.113.7");
        assertThat(question.text(PolicyAttribute.SENDER)).isEqualTo("a@b.example");
        assertThat(question.text(PolicyAttribute.RECIPIENT)).isEqualTo("c@d.example");
        assertThat(question.text(PolicyAttribute.INSTANCE)).isEqualTo("milter.1.1");
        assertThat(question.text(PolicyAttribute.SASL_USERNAME)).isEqualTo("joe");
        assertThat(question.text(PolicyAttribute.ENCRYPTION_PROTOCOL)).isEqualTo("TLSv1.3");
        assertThat(question.text(PolicyAttribute.CCERT_SUBJECT)).isEqualTo("mx+20a");
    }

    @Test
    void aCertificateThatIsNotVerifiedProvesNothing() {
        connected("203.0.113.7");
        say(channel, packet("DM{verify}\0FAIL\0{cn_subject}\0mx\0"));
        say(channel, packet("M<>\0"));
        say(channel, packet("Rpostmaster\0"));
        assertThat(asked.get(0).has(PolicyAttribute.CCERT_SUBJECT)).isFalse();
        assertThat(asked.get(0).has(PolicyAttribute.SENDER)).isFalse();
        assertThat(asked.get(0).text(PolicyAttribute.RECIPIENT)).isEqualTo("postmaster");
    }

    @Test
    void aDeferralIsAReplyWithEachPercentSignDoubled() {
        connected("203.0.113.7");
        actions.addAll(List.of("451 4.7.500 half 50% of", "550 5.7.51 no", "WARN would defer: x"));
        say(channel, packet("M<a@b.example>\0"));
        assertThat(say(channel, packet("Rc@d.example\0"))).isEqualTo(packet("y451 4.7.500 half 50%% of\0"));
        assertThat(say(channel, packet("Rc@d.example\0"))).isEqualTo(packet("y550 5.7.51 no\0"));
        assertThat(say(channel, packet("Rc@d.example\0"))).isEqualTo(CONTINUE);
    }

    @Test
    void theEndTellsTheRecipientsThatWereTakenAndTheSize() {
        connected("203.0.113.7");
        actions.addAll(List.of("451 4.7.500 no", PolicyService.DUNNO, "WARN x"));
        say(channel, packet("M<a@b.example>\0") + packet("Rc\0") + packet("Rd\0") + packet("Re\0"));
        say(channel, packet("DE{msg_size}\0" + "1234\0"));
        assertThat(say(channel, packet("E"))).isEqualTo(CONTINUE);
        PolicyQuestion end = asked.get(3);
        assertThat(end.state()).isEqualTo(ProtocolState.END_OF_MESSAGE);
        assertThat(end.number(PolicyAttribute.RECIPIENT_COUNT)).isEqualTo(2);
        assertThat(end.number(PolicyAttribute.SIZE)).isEqualTo(1_234);
        assertThat(end.text(PolicyAttribute.INSTANCE)).isEqualTo("milter.1.1");
        assertThat(counted(MetricName.MILTER_QUESTIONS)).isEqualTo(4);
    }

    @Test
    void nothingOfAMessageGoesIntoTheNext() {
        connected("203.0.113.7");
        say(channel, packet("DM{auth_authen}\0joe\0") + packet("M<a@b.example>\0") + packet("Rc\0") + packet("A"));
        assertThat(closed).isEqualTo(1);
        say(channel, packet("M<a@b.example>\0") + packet("Rc\0"));
        assertThat(asked.get(1).has(PolicyAttribute.SASL_USERNAME)).isFalse();
        assertThat(asked.get(1).text(PolicyAttribute.INSTANCE)).isEqualTo("milter.1.2");
    }

    /** The command's text is the client's, who may write an address in ways that hide its domain. */
    @Test
    void theSenderIsWhomTheMtaUnderstood() {
        connected("203.0.113.7");
        say(channel, packet("DM{mail_addr}\0ceo@b.example\0") + packet("M<ceo@b.example(x@y)>\0") + packet("Rc\0"));
        assertThat(asked.get(0).text(PolicyAttribute.SENDER)).isEqualTo("ceo@b.example");
        say(channel, packet("DM{mail_addr}\0<>\0") + packet("M<>\0") + packet("Rc\0"));
        assertThat(asked.get(1).has(PolicyAttribute.SENDER)).isFalse();
    }

    /** sendmail hangs up when it is tired of waiting; such connections stayed for two hours once. */
    @Test
    void whoHangsUpIsGone() {
        connected("203.0.113.7");
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aConnectionMayServeAnotherSession() {
        connected("203.0.113.7");
        say(channel, packet("M<a@b.example>\0") + packet("K"));
        say(channel, packet("Cx\0" + "6\0\u0019IPv6:2001:db8::1\0") + packet("M<a@b.example>\0") + packet("Rc\0"));
        assertThat(asked.get(0).text(PolicyAttribute.CLIENT_ADDRESS)).isEqualTo("2001:db8::1");
        assertThat(asked.get(0).text(PolicyAttribute.INSTANCE)).isEqualTo("milter.2.1");
        say(channel, packet("Q"));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aDefectLetsMailPass() {
        connected("203.0.113.7");
        actions.add("defect");
        assertThat(say(channel, packet("M<a@b.example>\0") + packet("Rc\0"))).isEqualTo(CONTINUE);
        assertThat(counted(MetricName.MILTER_FAILED)).isEqualTo(1);
    }

    @Test
    void packetsMayComeInAnyPieces() {
        String all = OFFER + packet("Cx\0U") + packet("M<a@b.example>\0") + packet("Rc\0") + packet("E");
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < all.length(); i += 2) {
            said.append(say(channel, all.substring(i, i + 2)));
        }
        assertThat(said.toString()).startsWith("000000").endsWith(CONTINUE + CONTINUE);
        assertThat(asked).hasSize(2);
    }

    private void assertClosedBy(String... hexes) {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        EmbeddedChannel one = new EmbeddedChannel(
                new MilterDecoder(),
                new MilterHandler(service, new MilterMeters(own), COMPLAINTS, 1, () -> new MilterSession("milter.x")));
        for (String hex : hexes) {
            say(one, hex);
        }
        assertThat(one.isOpen()).as(List.of(hexes).toString()).isFalse();
        assertThat(own.get(MetricName.MILTER_MALFORMED.id()).counter().count()).isEqualTo(1);
    }

    @Test
    void whatIsNotTheProtocolEndsTheConnection() {
        assertClosedBy("00000000");
        assertClosedBy("00010001");
        assertClosedBy("ffffffff4f");
        assertClosedBy(ByteBufUtil.hexDump("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertClosedBy(packet("?"));
        assertClosedBy(packet("\u00ff"));
        assertClosedBy(packet("Rc\0"));
        assertClosedBy(packet("O\0\0\0"));
        assertClosedBy("0000000d4f" + "00000001" + "00000000" + "00000000");
        assertClosedBy(OFFER, OFFER);
        assertClosedBy(OFFER, packet("Rc\0"));
        assertClosedBy(OFFER, packet("E"));
        assertClosedBy(OFFER, packet("Mno end"));
        assertClosedBy(OFFER, packet("Cx\0" + "4\0"));
        assertClosedBy(OFFER, packet("DMi\0"));
        assertClosedBy(OFFER, packet("D"));
    }

    @Test
    void aPacketMayHave64KiBAndNoMore() {
        say(channel, OFFER + packet("M" + "x".repeat(65_534) + "\0"));
        assertThat(channel.isOpen()).isTrue();
        assertClosedBy(OFFER, "00010001");
    }

    @Test
    void noGarbageThrows() {
        channel.close().syncUninterruptibly();
        Random random = new Random(4);
        for (int i = 0; i < 3_000; i++) {
            byte[] garbage = new byte[random.nextInt(60)];
            random.nextBytes(garbage);
            EmbeddedChannel one = open();
            say(one, OFFER);
            say(
                    one,
                    packet("ODCHMRTLNBEAQKU".charAt(random.nextInt(15))
                            + new String(garbage, StandardCharsets.ISO_8859_1)));
            one.checkException();
            one.close().syncUninterruptibly();
        }
        assertThat(counted(MetricName.MILTER_FAILED)).isZero();
    }

    @Test
    void aConnectionTooManyIsClosedAtOnce() {
        assertThat(open().isOpen()).isFalse();
        assertThat(counted(MetricName.MILTER_REFUSED)).isEqualTo(1);
        assertThat(channel.isOpen()).isTrue();
    }
}
