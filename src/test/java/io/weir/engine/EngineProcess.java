package io.weir.engine;

import io.weir.config.WeirConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, which can be killed as no engine within this one can. */
final class EngineProcess implements AutoCloseable {
    private final Process process;

    EngineProcess(Map<String, String> settings, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EngineProcess.class.getName()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        File to = log.toFile();
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(to))
                .redirectError(ProcessBuilder.Redirect.appendTo(to))
                .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " survived");
        }
    }

    /** Asks it to close, and waits. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(45, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs until standard input ends. */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String arg : args) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        try (WeirEngine engine = EngineBed.unstarted(WeirConfig.of(settings))) {
            engine.start();
            engine.awaitReady(Duration.ofSeconds(60));
            int end = System.in.read();
            System.out.println("closing: " + end + " " + engine.failure());
        }
    }
}
