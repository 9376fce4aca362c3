package io.weir.edge.policy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: answers its requests in their order, whatever happens, and closes when the client has said all it has to say. */
final class PolicyHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(PolicyHandler.class);
    private static final byte[] ACTION = "action=".getBytes(StandardCharsets.US_ASCII);

    private final PolicyService service;
    private final PolicyMeters meters;
    private final RareLog complaints;
    private final int maxConnections;
    private boolean isCounted;

    PolicyHandler(PolicyService service, PolicyMeters meters, RareLog complaints, int maxConnections) {
        this.service = service;
        this.meters = meters;
        this.complaints = complaints;
        this.maxConnections = maxConnections;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        isCounted = true;
        if (meters.opened() > maxConnections) {
            meters.refused();
            complaints.warn("policy connection refused: there are {} already", maxConnections);
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
        if (message instanceof PolicyRequest request) {
            meters.request();
            write(context, answer(request));
            return;
        }
        Throwable wrong = (Throwable) message;
        meters.malformed();
        complaints.warn(
                "policy request not understood, answered {}: {}",
                PolicyService.DUNNO,
                String.valueOf(wrong.getMessage()));
        write(context, PolicyService.DUNNO);
        if (wrong instanceof PolicyDecoder.UnframedException) {
            finish(context);
        }
    }

    /** An answer is due whatever happens: a request without one holds an SMTP session for seconds. */
    private String answer(PolicyRequest request) {
        try {
            return service.answer(request, this);
        } catch (RuntimeException e) {
            meters.failed();
            complaints.error("policy decision failed, mail passes", e);
            return PolicyService.DUNNO;
        }
    }

    private static void write(ChannelHandlerContext context, String action) {
        ByteBuf reply = context.alloc().buffer(ACTION.length + action.length() + 2);
        reply.writeBytes(ACTION);
        ByteBufUtil.writeAscii(reply, action);
        reply.writeByte('\n').writeByte('\n');
        var unused = context.write(reply);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Flushes.later(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            meters.idle();
            finish(context);
        } else if (event instanceof ChannelInputShutdownEvent) {
            // Exim closes its side when it has asked, and reads until we close ours.
            finish(context);
        }
    }

    /** Who asks on and on and reads no answer is heard no further until it does. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    private static void finish(ChannelHandlerContext context) {
        var unused = context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("policy connection broke: {}", cause.toString());
        } else {
            meters.failed();
            complaints.error("policy connection failed", cause);
        }
        var unused = context.close();
    }
}
