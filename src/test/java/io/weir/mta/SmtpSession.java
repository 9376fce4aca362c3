package io.weir.mta;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.net.ssl.SSLSocketFactory;

/** A client that says one line at a time, in the name of any address. */
final class SmtpSession implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private Closeable connection;
    private BufferedReader in;
    private OutputStream out;

    private SmtpSession(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        connection = socket;
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        out = socket.getOutputStream();
    }

    private SmtpSession(SocketChannel relay) {
        connection = relay;
        in = new BufferedReader(new InputStreamReader(Channels.newInputStream(relay), StandardCharsets.US_ASCII));
        out = Channels.newOutputStream(relay);
    }

    /** One that really comes from an address, which a {@link SessionRelay} at this Unix socket has. */
    static SmtpSession relayed(Path relay, String address) throws IOException {
        SmtpSession session = new SmtpSession(SocketChannel.open(UnixDomainSocketAddress.of(relay)));
        session.say(address);
        session.say("EHLO client.example.net");
        return session;
    }

    /** One that speaks for an address as a proxy does (HAProxy's PROXY protocol). */
    static SmtpSession proxied(int port, String address) throws IOException {
        SmtpSession session = new SmtpSession(port);
        session.say("PROXY TCP4 " + address + " 127.0.0.1 40000 " + port);
        session.say("EHLO client.example.net");
        return session;
    }

    /** The same by the second version of that protocol, which is binary. */
    static SmtpSession proxiedInBinary(int port, String address) throws IOException {
        SmtpSession session = new SmtpSession(port);
        session.out.write(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "2111000c"));
        session.out.write(InetAddress.getByName(address).getAddress());
        session.out.write(HexFormat.of().parseHex("7f000001" + "9c40" + "0019"));
        session.reply();
        session.say("EHLO client.example.net");
        return session;
    }

    /** @param address whom it speaks for, as XCLIENT has it */
    SmtpSession(int port, String address) throws IOException {
        this(port);
        reply();
        say("EHLO client.example.net");
        say("XCLIENT ADDR=" + address);
        say("EHLO client.example.net");
    }

    /** Goes on over TLS, with whatever certificate the factory brings. */
    void startTls(SSLSocketFactory factory) throws IOException {
        String said = say("STARTTLS");
        if (!said.startsWith("220")) {
            throw new IOException("STARTTLS: " + said);
        }
        if (!(connection instanceof Socket plain)) {
            throw new IOException("TLS needs a TCP connection");
        }
        Socket socket = factory.createSocket(plain, "mx.example.com", plain.getPort(), true);
        connection = socket;
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        out = socket.getOutputStream();
        say("EHLO client.example.net");
    }

    /** Says a line; the last line of the reply. */
    String say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    private String reply() throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    /** A whole message; the reply to its end, or the first that is no success. */
    String send(String from, String... recipients) throws IOException {
        String said = say("MAIL FROM:<" + from + ">");
        for (String recipient : recipients) {
            said = said.startsWith("2") ? say("RCPT TO:<" + recipient + ">") : said;
        }
        said = said.startsWith("2") ? say("DATA") : said;
        return said.startsWith("3") ? say("Subject: test\r\n\r\ntext\r\n.") : said;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
