package io.weir.mta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Postfix's test server, which takes every message and keeps each in a file. */
final class SmtpSink implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/smtp-sink";
    private static final String USER = "postfix";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path directory;
    private final int port;

    static SmtpSink start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("weir-sink");
        // As root it takes another user's rights.
        new ProcessBuilder("chown", USER, directory.toString()).start().waitFor();
        int port = freePort();
        Process process = new ProcessBuilder(
                        PROGRAM, "-u", USER, "-d", directory.resolve("%M.").toString(), "127.0.0.1:" + port, "100")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        SmtpSink sink = new SmtpSink(process, directory, port);
        Awaitility.await().atMost(PATIENCE).until(sink::listens);
        return sink;
    }

    private SmtpSink(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    int port() {
        return port;
    }

    /** Messages from this sender so far, as the envelope has it. */
    long received(String from) throws IOException {
        List<Path> messages;
        try (Stream<Path> files = Files.list(directory)) {
            messages = files.toList();
        }
        long count = 0;
        for (Path message : messages) {
            count += Files.readString(message, StandardCharsets.ISO_8859_1).contains("X-Mail-Args: <" + from + ">")
                    ? 1
                    : 0;
        }
        return count;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
