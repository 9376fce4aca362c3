package io.weir.mta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** Serves each connection to a port of its own in a thread of its own, until it is closed. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket listening;
    private final String name;
    private final Service service;

    /** What is done with a connection, which is closed afterwards. */
    interface Service {
        void serve(Socket client) throws IOException;
    }

    static LoopbackServer start(String name, Service service) throws IOException {
        LoopbackServer server =
                new LoopbackServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), name, service);
        server.daemon(server::accept);
        return server;
    }

    private LoopbackServer(ServerSocket listening, String name, Service service) {
        this.listening = listening;
        this.name = name;
        this.service = service;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Does something beside the connections. */
    void daemon(Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                daemon(() -> serve(client));
            }
        } catch (SocketException e) {
            // The test is over.
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket client) {
        try (client) {
            service.serve(client);
        } catch (IOException e) {
            // The other side may go when it likes.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
