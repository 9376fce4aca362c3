package io.weir.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker's two sockets, bound before Kafka starts: a taken port is then our own clear message rather than a fault deep inside the
 * controller, and a port chosen by the system cannot be taken by somebody else between choosing and binding.
 */
final class LoopbackListeners implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";
    static final String CLIENT = "CLIENT";
    static final String CONTROLLER = "CONTROLLER";

    private static final Logger log = LoggerFactory.getLogger(LoopbackListeners.class);
    private static final int BACKLOG = 50;

    private final Map<String, ServerSocketChannel> channels;

    private LoopbackListeners(Map<String, ServerSocketChannel> channels) {
        this.channels = channels;
    }

    static LoopbackListeners bind(int port, int controllerPort) {
        ServerSocketChannel client = bind(port, "broker.port");
        try {
            return new LoopbackListeners(
                    Map.of(CLIENT, client, CONTROLLER, bind(controllerPort, "broker.controller.port")));
        } catch (RuntimeException e) {
            closeQuietly(client);
            throw e;
        }
    }

    int port(String listener) {
        return channel(listener).socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress socketAddress, int listenBacklogSize, int recvBufferSize) {
        return channel(listenerName);
    }

    /** Kafka closes the sockets it has opened; this catches those it never came to. */
    @Override
    public void close() {
        channels.values().forEach(LoopbackListeners::closeQuietly);
    }

    private ServerSocketChannel channel(String listener) {
        ServerSocketChannel channel = channels.get(listener);
        if (channel == null) {
            throw new IllegalArgumentException("no listener " + listener);
        }
        return channel;
    }

    private static ServerSocketChannel bind(int port, String setting) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(HOST, port), BACKLOG);
                return channel;
            } catch (Throwable t) {
                channel.close();
                throw t;
            }
        } catch (BindException e) {
            throw new EmbeddedBrokerException(
                    "port " + port + " on " + HOST + " is in use; set " + setting
                            + " to another port, or to 0 to choose a free one",
                    e);
        } catch (IOException e) {
            throw new EmbeddedBrokerException("cannot listen on " + HOST + ":" + port + " (" + setting + "): " + e, e);
        }
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is listening on it any more either way.
            log.debug("closing {}", channel, e);
        }
    }
}
