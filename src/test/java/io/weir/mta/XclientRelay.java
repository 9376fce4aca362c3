package io.weir.mta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands between a client that can only speak for itself and a Postfix that believes XCLIENT: the client then has the address a test wants. */
final class XclientRelay implements AutoCloseable {
    private final LoopbackServer server;
    private final int port;
    private final String address;

    /**
     * @param port of Postfix
     * @param address whom every client speaks for
     */
    XclientRelay(int port, String address) throws IOException {
        this.port = port;
        this.address = address;
        this.server = LoopbackServer.start("xclient-relay", this::serve);
    }

    int port() {
        return server.port();
    }

    private void serve(Socket client) throws IOException {
        try (Socket postfix = new Socket(InetAddress.getLoopbackAddress(), port)) {
            introduce(postfix);
            server.daemon(() -> copy(client, postfix));
            // The reply to XCLIENT is a new greeting.
            postfix.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Either side may go when it likes.
            return;
        }
    }

    private void introduce(Socket postfix) throws IOException {
        // One byte at a time: what comes after the last reply is not ours to read.
        reply(postfix);
        say(postfix, "EHLO relay.example.net");
        reply(postfix);
        say(postfix, "XCLIENT ADDR=" + address);
    }

    private static void say(Socket postfix, String line) throws IOException {
        postfix.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void reply(Socket postfix) throws IOException {
        String line;
        do {
            line = line(postfix);
        } while (line.length() > 3 && line.charAt(3) == '-');
    }

    private static String line(Socket postfix) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = postfix.getInputStream().read();
                c >= 0 && c != '\n';
                c = postfix.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
