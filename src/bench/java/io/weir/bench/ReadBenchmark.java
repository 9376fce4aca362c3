package io.weir.bench;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.OperatingSystemMXBean;
import io.weir.model.ConnectionEvent;
import io.weir.replay.GeneratedLog;
import io.weir.replay.History;
import io.weir.replay.Sources;
import io.weir.serde.EventJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * How fast history is read, in lines per second of processor time of the whole process (the collector's included), and in how much memory.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=ReadBenchmark -Dbench.args="200 5 10" -Dbench.jvmArgs="-Xmx512m -XX:+UseSerialGC"}: megabytes
 * of a log of 100,000 addresses that are written to a temporary file, rounds, gigabytes of a log that is made while it is read.
 */
public final class ReadBenchmark {
    private static final int ADDRESSES = 100_000;
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    /** CrowdSec's replay of a Postfix log: lines per second of processor time. */
    private static final long CROWDSEC = 7_500;

    private static final long AIM = 25 * CROWDSEC;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;

    private ReadBenchmark(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        long megabytes = args.length > 0 ? Long.parseLong(args[0]) : 200;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        long gigabytes = args.length > 2 ? Long.parseLong(args[2]) : 0;
        ReadBenchmark benchmark = new ReadBenchmark(System.out);
        Path directory = Files.createTempDirectory("weir-read");
        try {
            benchmark.files(directory, megabytes * 1_000_000, rounds);
        } finally {
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
        benchmark.stream(gigabytes * 1_000_000_000);
    }

    private void files(Path directory, long bytes, int rounds) throws IOException {
        Path plain = directory.resolve("mail.log");
        Path gzip = directory.resolve("mail.log.gz");
        Path zstd = directory.resolve("mail.log.zst");
        Path events = directory.resolve("events.jsonl");
        copy(bytes, Files.newOutputStream(plain));
        copy(bytes, new GZIPOutputStream(Files.newOutputStream(gzip), 64 * 1024));
        copy(bytes, new ZstdOutputStream(Files.newOutputStream(zstd)));
        long lines = read(plain);
        long written = events(plain, events);
        out.printf(
                "%,d MB, %,d lines of %,d addresses; median of %d rounds, lines per second of processor time%n",
                bytes / 1_000_000, lines, ADDRESSES, rounds);
        report("Postfix", plain, lines, rounds);
        report("Postfix, gzip", gzip, lines, rounds);
        report("Postfix, zstd", zstd, lines, rounds);
        report("events, JSON lines", events, written, rounds);
    }

    private void report(String what, Path file, long lines, int rounds) throws IOException {
        read(file);
        long[] perSecond = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long before = PROCESS.getProcessCpuTime();
            read(file);
            perSecond[i] = lines * 1_000_000_000L / (PROCESS.getProcessCpuTime() - before);
        }
        Arrays.sort(perSecond);
        long median = perSecond[rounds / 2];
        out.printf(
                "%-20s %,12d (%,d to %,d)%s%n", what, median, perSecond[0], perSecond[rounds - 1], aim(what, median));
    }

    private static String aim(String what, long median) {
        return what.equals("Postfix")
                ? String.format(
                        ", %d times CrowdSec's replay (at least 25: %s)",
                        median / CROWDSEC, median >= AIM ? "held" : "NOT held")
                : "";
    }

    /** Longer than any disk should have to hold: made on one thread while it is read on this. */
    private void stream(long bytes) throws IOException {
        if (bytes == 0) {
            return;
        }
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long cpu = THREADS.getCurrentThreadCpuTime();
        GeneratedLog log = new GeneratedLog(bytes, ADDRESSES);
        long[] read = new long[2];
        try (History history =
                History.open(new Sources(List.of(Sources.STANDARD_INPUT), log), History.Options.at(NOW))) {
            read[0] = history.forEach(event -> read[1] += event.recipients()).lines();
        }
        double seconds = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        out.printf(
                "%,d GB, %,d lines made and read in %.0f s of processor time; heap at most %,d MB, garbage included (below 1,000: %s)%n",
                bytes / 1_000_000_000, read[0], seconds, peak / 1_000_000, peak < 1_000_000_000 ? "held" : "NOT held");
        if (read[0] != log.lines()) {
            throw new IllegalStateException("read " + read[0] + " of " + log.lines() + " lines");
        }
    }

    private static void copy(long bytes, OutputStream to) throws IOException {
        try (to) {
            new GeneratedLog(bytes, ADDRESSES).transferTo(to);
        }
    }

    private static long read(Path file) throws IOException {
        long[] recipients = new long[1];
        try (History history = History.open(Sources.of(file), History.Options.at(NOW))) {
            return history.forEach(event -> recipients[0] += event.recipients()).lines();
        }
    }

    private static long events(Path log, Path to) throws IOException {
        EventJson json = new EventJson();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to));
                History history = History.open(Sources.of(log), History.Options.at(NOW))) {
            return history.forEach(event -> write(json, event, out)).events();
        }
    }

    private static void write(EventJson json, ConnectionEvent event, OutputStream out) {
        try {
            out.write(json.write(event));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
