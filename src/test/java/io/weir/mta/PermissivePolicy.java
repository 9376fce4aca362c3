package io.weir.mta;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands where an edge would, and lets everything pass: for tests that are not about what it says. */
final class PermissivePolicy implements AutoCloseable {
    private final ServerSocket server;

    PermissivePolicy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = server.accept();
                daemon(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void answer(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    client.getOutputStream().write("action=DUNNO\n\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // the mail server has gone away
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "permissive-policy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
