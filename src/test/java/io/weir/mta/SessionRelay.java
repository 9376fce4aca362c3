package io.weir.mta;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Speaks to a mail server in a network of its own, for a test outside of it: the first line that comes over the Unix socket is the address to
 * connect from. A Unix socket is reached from any network.
 */
final class SessionRelay {
    private final SocketChannel test;
    private final SocketChannel server;

    private SessionRelay(SocketChannel test, SocketChannel server) {
        this.test = test;
        this.server = server;
    }

    /** @param args path of the Unix socket, and the server's port on loopback */
    public static void main(String[] args) throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            while (true) {
                SocketChannel test = listening.accept();
                new Thread(() -> serve(test, Integer.parseInt(args[1]))).start();
            }
        }
    }

    private static void serve(SocketChannel test, int port) {
        try (test;
                SocketChannel server = SocketChannel.open()) {
            server.bind(new InetSocketAddress(line(test), 0));
            server.connect(new InetSocketAddress("127.0.0.1", port));
            SessionRelay relay = new SessionRelay(test, server);
            Thread back = new Thread(relay::fromServer);
            back.start();
            copy(test, server);
            server.shutdownOutput();
            back.join();
        } catch (IOException | InterruptedException e) {
            System.err.println(e);
        }
    }

    private void fromServer() {
        try {
            copy(server, test);
            test.shutdownOutput();
        } catch (ClosedChannelException e) {
            // The test is gone.
            return;
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private static String line(SocketChannel from) throws IOException {
        StringBuilder line = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (from.read(one) > 0 && one.get(0) != '\n') {
            line.append((char) one.get(0));
            one.clear();
        }
        return line.toString().strip();
    }

    private static void copy(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(4_096);
        while (from.read(some) >= 0) {
            some.flip();
            while (some.hasRemaining()) {
                to.write(some);
            }
            some.clear();
        }
    }
}
