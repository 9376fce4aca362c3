package io.weir.edge.milter;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.edge.policy.PolicyService;
import io.weir.edge.policy.RareLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, which is one SMTP session's: answers its commands in their order, and closes at the first that is none. */
final class MilterHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(MilterHandler.class);
    private static final char REPLY_NEGOTIATE = 'O';
    private static final char REPLY_CONTINUE = 'c';
    private static final char REPLY_CODE = 'y';
    private static final byte[] NOTHING = {};
    private static final String WARN = "WARN ";

    private final PolicyService service;
    private final MilterMeters meters;
    private final RareLog complaints;
    private final int maxConnections;
    private final Supplier<MilterSession> begin;
    private MilterSession session;
    private @Nullable Negotiation agreed;
    private boolean isCounted;

    /** @param begin makes sessions */
    MilterHandler(
            PolicyService service,
            MilterMeters meters,
            RareLog complaints,
            int maxConnections,
            Supplier<MilterSession> begin) {
        this.service = service;
        this.meters = meters;
        this.complaints = complaints;
        this.maxConnections = maxConnections;
        this.begin = begin;
        this.session = begin.get();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        isCounted = true;
        if (meters.opened() > maxConnections) {
            meters.refused();
            complaints.warn("milter connection refused: there are {} already", maxConnections);
            var unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (isCounted) {
            isCounted = false;
            meters.closed();
            service.closed(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof MalformedPacketException wrong) {
                throw wrong;
            }
            heard(context, (MilterPacket) message);
        } catch (MalformedPacketException e) {
            meters.malformed();
            complaints.warn("milter connection closed, mail passes: {}", String.valueOf(e.getMessage()));
            var unused = context.close();
        }
    }

    private void heard(ChannelHandlerContext context, MilterPacket packet) {
        MilterCommand command = packet.command();
        if ((command == MilterCommand.NEGOTIATE) != (agreed == null)) {
            throw new MalformedPacketException("a connection must begin with its negotiation, and have but one");
        }
        switch (command) {
            case NEGOTIATE -> negotiate(context, packet);
            case MACROS -> session.macros(packet);
            case CONNECT -> {
                session.connect(packet);
                goOn(context, command);
            }
            case MAIL -> {
                session.mail(packet);
                goOn(context, command);
            }
            case RCPT -> recipient(context, packet);
            case END_OF_MESSAGE -> {
                answer(session.endOfMessage());
                session.messageIsOver();
                goOn(context, command);
            }
            case ABORT -> {
                service.closed(this);
                session.messageIsOver();
            }
            case QUIT_AND_CONNECT -> {
                service.closed(this);
                session = begin.get();
            }
            case QUIT -> {
                var unused = context.close();
            }
            // Not asked for; an old MTA may not be able to leave it out.
            case HELO, DATA, HEADER, END_OF_HEADERS, BODY, UNKNOWN_SMTP -> goOn(context, command);
        }
    }

    private void negotiate(ChannelHandlerContext context, MilterPacket packet) {
        agreed = Negotiation.of(packet);
        write(context, REPLY_NEGOTIATE, agreed.answer());
    }

    private void recipient(ChannelHandlerContext context, MilterPacket packet) {
        String action = answer(session.recipient(packet));
        if (action.startsWith("4") || action.startsWith("5")) {
            // sendmail takes the text for a format.
            String reply = action.replace("%", "%%") + '\0';
            write(context, REPLY_CODE, reply.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (action.startsWith(WARN)) {
            log.info("{}: {}", session.queueId(), action.substring(WARN.length()));
        }
        session.accepted();
        goOn(context, MilterCommand.RCPT);
    }

    /** An answer is due whatever happens: without one sendmail holds the SMTP session until its timeout. */
    private String answer(PolicyQuestion question) {
        meters.question();
        try {
            return service.answer(question, this);
        } catch (RuntimeException e) {
            meters.failed();
            complaints.error("policy decision failed, mail passes", e);
            return PolicyService.DUNNO;
        }
    }

    private void goOn(ChannelHandlerContext context, MilterCommand command) {
        if (agreed != null && agreed.isAnswered(command)) {
            write(context, REPLY_CONTINUE, NOTHING);
        }
    }

    private static void write(ChannelHandlerContext context, char reply, byte[] data) {
        ByteBuf packet = context.alloc().buffer(Integer.BYTES + 1 + data.length);
        packet.writeInt(1 + data.length).writeByte(reply).writeBytes(data);
        var unused = context.write(packet);
    }

    /** One system call for all answers to what was read at once. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            meters.idle();
            var unused = context.close();
        } else if (event instanceof ChannelInputShutdownEvent) {
            // It has hung up: nobody will ask here again.
            var unused = context.close();
        }
    }

    /** Who asks on and on and reads no answer is heard no further until it does. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("milter connection broke: {}", cause.toString());
        } else {
            meters.failed();
            complaints.error("milter connection failed", cause);
        }
        var unused = context.close();
    }
}
