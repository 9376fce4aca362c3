package io.weir.edge.policy;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.timeout.IdleStateHandler;
import io.weir.edge.policy.InheritedSockets.Inherited;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy port: what {@link Listener} hears is read and answered as the policy protocol. */
public final class PolicyServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PolicyServer.class);

    private final Listener listener;

    /**
     * Listens.
     *
     * @throws PolicyServerException when the port or the socket cannot be had
     */
    public static PolicyServer listen(PolicyOptions options, PolicyService service, MeterRegistry registry) {
        PolicyMeters meters = new PolicyMeters(registry);
        RareLog complaints = new RareLog(log, System::nanoTime);
        ChannelInitializer<Channel> connection = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new IdleStateHandler(options.idleSeconds(), 0, 0, TimeUnit.SECONDS))
                        .addLast(new PolicyDecoder())
                        .addLast(new PolicyHandler(service, meters, complaints, options.maxConnections()));
            }
        };
        List<Inherited> inherited =
                InheritedSockets.of(System.getenv(), ProcessHandle.current().pid());
        return new PolicyServer(
                inherited.isEmpty()
                        ? Listener.listen(options, connection)
                        : Listener.inherit(options, inherited, connection));
    }

    private PolicyServer(Listener listener) {
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
