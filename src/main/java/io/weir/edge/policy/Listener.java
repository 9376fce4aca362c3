package io.weir.edge.policy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.weir.edge.policy.InheritedSockets.Inherited;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Listens for MTAs on a TCP port of this machine, a Unix socket, or both; by Linux's epoll where there is one. */
public final class Listener implements AutoCloseable {
    /** A decision takes microseconds: more threads would only take turns. */
    private static final int THREADS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private static final int BACKLOG = 1_024;

    private final PolicyOptions options;
    private final EventLoopGroup group;
    private final List<Channel> listening = new ArrayList<>();
    private final List<String> inheritedPaths = new ArrayList<>();
    private final ChannelInitializer<Channel> connection;

    /**
     * Listens.
     *
     * @param connection makes the handlers of each connection
     * @throws PolicyServerException when the port or the socket cannot be had
     */
    public static Listener listen(PolicyOptions options, ChannelInitializer<Channel> connection) {
        requireLoopback(options.host());
        Listener listener = new Listener(options, connection);
        try {
            options.port().ifPresent(port -> listener.tcp(options.host(), port));
            options.socket().ifPresent(listener::unix);
            return listener;
        } catch (Throwable t) {
            listener.close();
            throw t;
        }
    }

    /**
     * Listens on sockets that somebody else made.
     *
     * @throws PolicyServerException when one cannot be used, or can be reached from other machines
     */
    static Listener inherit(PolicyOptions options, List<Inherited> inherited, ChannelInitializer<Channel> connection) {
        Listener listener = new Listener(options, connection);
        try {
            inherited.forEach(listener::inherit);
            return listener;
        } catch (Throwable t) {
            listener.close();
            throw t;
        }
    }

    /** The protocol believes whatever its caller says of a client. */
    private static void requireLoopback(String host) {
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new PolicyServerException(
                        host
                                + " can be reached from other machines, and the policy protocol believes its caller; listen on"
                                + " 127.0.0.1 or ::1",
                        null);
            }
        } catch (UnknownHostException e) {
            throw new PolicyServerException(host + " is not an address of this machine", e);
        }
    }

    private Listener(PolicyOptions options, ChannelInitializer<Channel> connection) {
        this.options = options;
        this.connection = connection;
        IoHandlerFactory transport = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(THREADS, transport);
    }

    private void tcp(String host, int port) {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ServerBootstrap bootstrap =
                bootstrap(type).option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        bind(bootstrap, new InetSocketAddress(host, port), "port " + port + " on " + host);
    }

    private void unix(Path socket) {
        if (!Epoll.isAvailable()) {
            throw new PolicyServerException(
                    "a Unix socket needs Linux's epoll, which is not there; use the TCP port",
                    Epoll.unavailabilityCause());
        }
        UnixSocket file = new UnixSocket(socket);
        file.requireFree();
        bind(
                bootstrap(EpollServerDomainSocketChannel.class),
                new DomainSocketAddress(socket.toFile()),
                "socket " + socket);
        file.made(options.socketGroup());
    }

    /** Somebody else made the socket, chose who may connect to it, and keeps it when we are gone. */
    private void inherit(Inherited inherited) {
        if (!Epoll.isAvailable()) {
            throw new PolicyServerException(
                    "sockets from systemd need Linux's epoll, which is not there", Epoll.unavailabilityCause());
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(() -> channel(inherited))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(connection);
        ChannelFuture registered = bootstrap.register().awaitUninterruptibly();
        if (!registered.isSuccess()) {
            throw new PolicyServerException(
                    "socket " + inherited.descriptor() + " of LISTEN_FDS cannot be used", registered.cause());
        }
        listening.add(registered.channel());
        if (inherited.path() != null) {
            inheritedPaths.add(inherited.path());
        }
        if (registered.channel().localAddress() instanceof InetSocketAddress tcp) {
            requireLoopback(tcp.getAddress().getHostAddress());
        }
    }

    private static ServerChannel channel(Inherited inherited) {
        // Netty asks a TCP socket whether it listens already, and has to be told of a Unix socket.
        return inherited.path() == null
                ? new EpollServerSocketChannel(inherited.descriptor())
                : new EpollServerDomainSocketChannel(inherited.descriptor(), true);
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> type) {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(connection);
    }

    private void bind(ServerBootstrap bootstrap, SocketAddress address, String what) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new PolicyServerException(
                    what + " is in use or not ours to listen on: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening.add(bound.channel());
    }

    /** Where it listens, for a person. */
    public List<String> addresses() {
        Stream<String> own = listening.stream()
                .map(Channel::localAddress)
                .filter(Objects::nonNull)
                .map(address -> address instanceof InetSocketAddress tcp
                        ? tcp.getAddress().getHostAddress() + ":" + tcp.getPort()
                        : String.valueOf(address));
        return Stream.concat(own, inheritedPaths.stream()).toList();
    }

    /** The TCP port in use; 0 when there is none. */
    public int port() {
        return listening.stream()
                .map(Channel::localAddress)
                .filter(InetSocketAddress.class::isInstance)
                .mapToInt(address -> ((InetSocketAddress) address).getPort())
                .findFirst()
                .orElse(0);
    }

    /** Takes no more connections, answers what was asked, and ends. */
    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
