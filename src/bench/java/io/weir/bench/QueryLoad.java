package io.weir.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Asks at a steady rate, whether answers come or not: each question has its time, and the wait counts from there. Over connections that stay, by
 * plain sockets, since a client that thinks would take the processor from what is measured.
 */
final class QueryLoad {
    private final int port;
    private final int connections;
    private final LongFunction<String> path;

    /** @param path of the question with a number */
    QueryLoad(int port, int connections, LongFunction<String> path) {
        this.port = port;
        this.connections = connections;
        this.path = path;
    }

    /**
     * What came of it.
     *
     * @param nanos waits, sorted
     * @param failed answers other than 200, by status line
     */
    record Result(long[] nanos, Map<String, Long> failed, double perSecond) {
        double millisAt(double share) {
            int index = (int) Math.min(nanos.length - 1, Math.ceil(share * nanos.length) - 1);
            return nanos[Math.max(0, index)] / 1e6;
        }
    }

    Result run(int perSecond, int seconds) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        Map<String, Long> failed = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
        long total = (long) perSecond * seconds;
        long begin = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(() -> ask(next, total, begin, perSecond, waits, failed), "query-load-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double took = (System.nanoTime() - begin) / 1e9;
        long[] sorted = waits.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Result(sorted, failed, sorted.length / took);
    }

    private void ask(
            AtomicLong next,
            long total,
            long begin,
            int perSecond,
            ConcurrentLinkedQueue<Long> waits,
            Map<String, Long> failed) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            for (long number = next.getAndIncrement(); number < total; number = next.getAndIncrement()) {
                long due = begin + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                String request = "GET " + path.apply(number) + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
                out.write(request.getBytes(StandardCharsets.US_ASCII));
                String status = answered(in);
                if (!status.startsWith("HTTP/1.1 200")) {
                    failed.merge(status, 1L, Long::sum);
                }
                waits.add(System.nanoTime() - due);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a connection broke", e);
        }
    }

    /** The status line; the body is read and forgotten. */
    private static String answered(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
