package io.weir.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks a policy server what Postfix asks, by one thread: on each connection one request at a time, each the first recipient of a transaction of
 * its own, of addresses picked evenly at random.
 */
final class PolicyLoad {
    /** Longer ones count as this long. */
    private static final int LONGEST_US = 1_000_000;

    private static final int MOST_BYTES = 4_096;
    private static final long LONGEST_WAIT_MS = 10_000;

    private final int port;
    private final int connections;
    private final int addresses;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ByteBuffer request = ByteBuffer.allocateDirect(MOST_BYTES);
    private final int[] tookUs = new int[LONGEST_US + 1];
    private long sent;

    PolicyLoad(int port, int connections, int addresses) {
        this.port = port;
        this.connections = connections;
        this.addresses = addresses;
    }

    /** What came of it; times in microseconds. */
    record Result(double perSecond, long p50, long p99, long p999) {}

    private static final class Connection {
        private final ByteBuffer reply = ByteBuffer.allocateDirect(MOST_BYTES);
        private long askedNanos;
    }

    /** @param warmupMs not counted */
    Result run(long warmupMs, long ms) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection();
                channel.register(selector, SelectionKey.OP_READ, connection);
                ask(channel, connection);
            }
            try {
                drive(selector, warmupMs);
                Arrays.fill(tookUs, 0);
                long nanos = drive(selector, ms);
                return result(nanos);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    /** @return how long it was at it, nanoseconds */
    private long drive(Selector selector, long ms) throws IOException {
        long begin = System.nanoTime();
        long now = begin;
        while (now - begin < TimeUnit.MILLISECONDS.toNanos(ms)) {
            if (selector.select(this::ready, LONGEST_WAIT_MS) == 0) {
                throw new IOException(
                        "no answer within " + LONGEST_WAIT_MS + " ms on any of " + connections + " connections");
            }
            now = System.nanoTime();
        }
        return now - begin;
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Connection connection = (Connection) key.attachment();
        ByteBuffer reply = connection.reply;
        try {
            if (channel.read(reply) < 0) {
                throw new IOException("the server closed a connection");
            }
            int end = reply.position();
            if (end > 1 && reply.get(end - 1) == '\n' && reply.get(end - 2) == '\n') {
                long us = (System.nanoTime() - connection.askedNanos) / 1_000;
                tookUs[(int) Math.min(us, LONGEST_US)]++;
                reply.clear();
                ask(channel, connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ask(SocketChannel channel, Connection connection) throws IOException {
        fill(random.nextInt(addresses));
        connection.askedNanos = System.nanoTime();
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    /** The attributes of Postfix 3.8 in their order. */
    private void fill(int number) {
        sent++;
        String text = "request=smtpd_access_policy\nprotocol_state=RCPT\nprotocol_name=ESMTP\nclient_address="
                + BenchVerdicts.address(number) + "\nclient_name=mail" + number
                + ".example.net\nclient_port=41234\nreverse_client_name=mail" + number
                + ".example.net\nserver_address=198.51.100.25\nserver_port=25\nhelo_name=mail" + number
                + ".example.net\nsender=news" + number + "@example.net\nrecipient=user" + random.nextInt(1_000)
                + "@example.com\nrecipient_count=0\nqueue_id=\ninstance=2c1b.6f0a1b2c." + Long.toHexString(sent)
                + ".0\nsize=24301\netrn_domain=\nstress=\nsasl_method=\nsasl_username=\nsasl_sender=\nccert_subject=\n"
                + "ccert_issuer=\nccert_fingerprint=\nccert_pubkey_fingerprint=\nencryption_protocol=TLSv1.3\n"
                + "encryption_cipher=TLS_AES_256_GCM_SHA384\nencryption_keysize=256\npolicy_context=\n\n";
        request.clear();
        request.put(text.getBytes(StandardCharsets.ISO_8859_1)).flip();
    }

    private Result result(long nanos) {
        long count = 0;
        for (int of : tookUs) {
            count += of;
        }
        return new Result(count * 1e9 / nanos, quantile(count, 0.5), quantile(count, 0.99), quantile(count, 0.999));
    }

    private long quantile(long count, double share) {
        long before = 0;
        for (int us = 0; us < tookUs.length; us++) {
            before += tookUs[us];
            if (before > share * count) {
                return us;
            }
        }
        return LONGEST_US;
    }
}
