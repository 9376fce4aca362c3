package io.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long a mail server waits when an edge is started anew: from the start of {@code ./weir edge} to its first answer. Kafka is not there, which an
 * edge does not wait for. Beside it a process that does nothing but start, which is what the Java platform itself takes.
 *
 * <p>Arguments: rounds. Build first ({@code ./weir --version}).
 */
public final class StartBenchmark {
    private static final String QUESTION =
            "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=203.0.113.7\nrecipient=user@example.com\n\n";
    private static final String SECRET = "0123456789abcdef".repeat(4);
    private static final long PAUSE_NANOS = 2_000_000;
    private static final long PATIENCE_SECONDS = 60;

    private StartBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        List<Double> platform = new ArrayList<>();
        List<Double> launcher = new ArrayList<>();
        List<Double> edge = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            platform.add(untilEnd("java", "-Xshare:auto", "-version"));
            launcher.add(untilEnd("./weir", "--version"));
            edge.add(untilAnswer());
        }
        print("java -version", platform);
        print("./weir --version", launcher);
        print("./weir edge, first answer", edge);
    }

    private static void print(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-26s median %5.0f ms, %5.0f to %5.0f%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private static double untilEnd(String... command) throws IOException, InterruptedException {
        long started = System.nanoTime();
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return millisSince(started);
    }

    private static double untilAnswer() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("weir-start");
        int port = freePort();
        Files.writeString(directory.resolve("site.secret"), SECRET);
        long started = System.nanoTime();
        Process process = new ProcessBuilder(
                        "./weir",
                        "edge",
                        "-D",
                        "bootstrap.servers=127.0.0.1:1",
                        "-D",
                        "data.dir=" + directory,
                        "-D",
                        "http.port=0",
                        "-D",
                        "edge.policy.port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            while (!isAnswered(port)) {
                if (!process.isAlive() || millisSince(started) > TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)) {
                    throw new IllegalStateException(Files.readString(directory.resolve("log")));
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
            }
            return millisSince(started);
        } finally {
            process.destroy();
            process.waitFor();
            delete(directory);
        }
    }

    private static boolean isAnswered(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(QUESTION.getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return "action=DUNNO".equals(answer);
        } catch (IOException e) {
            return false;
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
