package io.weir.edge.milter;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.timeout.IdleStateHandler;
import io.weir.edge.policy.Listener;
import io.weir.edge.policy.PolicyOptions;
import io.weir.edge.policy.PolicyService;
import io.weir.edge.policy.RareLog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The milter port: what {@link Listener} hears is read and answered as the milter protocol. */
public final class MilterServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MilterServer.class);

    private final Listener listener;

    /**
     * Listens where the options say, which may be nowhere.
     *
     * @throws io.weir.edge.policy.PolicyServerException when the port or the socket cannot be had
     */
    public static MilterServer listen(PolicyOptions options, PolicyService service, MeterRegistry registry) {
        MilterMeters meters = new MilterMeters(registry);
        RareLog complaints = new RareLog(log, System::nanoTime);
        AtomicLong sessions = new AtomicLong();
        return new MilterServer(Listener.listen(options, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new IdleStateHandler(options.idleSeconds(), 0, 0, TimeUnit.SECONDS))
                        .addLast(new MilterDecoder())
                        .addLast(new MilterHandler(
                                service,
                                meters,
                                complaints,
                                options.maxConnections(),
                                () -> new MilterSession("milter." + sessions.incrementAndGet())));
            }
        }));
    }

    private MilterServer(Listener listener) {
        this.listener = listener;
    }

    /** Where it listens, for a person. */
    public List<String> addresses() {
        return listener.addresses();
    }

    /** The TCP port in use; 0 when there is none. */
    public int port() {
        return listener.port();
    }

    /** Takes no more connections, answers what was asked, and ends. */
    @Override
    public void close() {
        listener.close();
    }
}
