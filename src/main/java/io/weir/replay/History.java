package io.weir.replay;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LogFormat;
import io.weir.replay.log.LogReader;
import io.weir.replay.log.LogSample;
import io.weir.replay.log.Senders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Connection events of the past in the order of their times, from any number of logs. The files of one server are read one after the
 * other; several servers' are merged. Holds one event of each server at a time, and whatever is open in its log.
 *
 * <p>Read once: {@link #open} again for a second time, if the {@link Sources} allow it.
 */
public final class History implements AutoCloseable {
    private final List<LogStream> streams = new ArrayList<>();
    private final List<FileReport> reports = new ArrayList<>();
    private final OptionalLong totalBytes;
    private long bytesRead;
    private Runnable progress = () -> {};

    /**
     * What logs do not say of themselves.
     *
     * @param zone of stamps that name none
     * @param firstYear of the oldest line, where stamps lack it; empty: by when the files were last written
     * @param format of all files; empty: each by its first lines
     * @param ipv6Prefix bits of an IPv6 address that make a sender, 48 to 128
     * @param senders whom a client counts for, such as a pool
     * @param now no log was written later
     */
    public record Options(
            ZoneId zone,
            OptionalInt firstYear,
            Optional<LogFormat> format,
            int ipv6Prefix,
            Senders senders,
            Instant now) {
        /** UTC, everything else by the files, a sender for each /64 and IPv4 address. */
        public static Options at(Instant now) {
            return new Options(
                    ZoneOffset.UTC,
                    OptionalInt.empty(),
                    Optional.empty(),
                    ClientAddress.DEFAULT_IPV6_PREFIX,
                    Senders.EACH,
                    now);
        }

        public Options withZone(ZoneId other) {
            return new Options(other, firstYear, format, ipv6Prefix, senders, now);
        }

        public Options withFirstYear(int year) {
            return new Options(zone, OptionalInt.of(year), format, ipv6Prefix, senders, now);
        }

        public Options withFormat(LogFormat one) {
            return new Options(zone, firstYear, Optional.of(one), ipv6Prefix, senders, now);
        }

        public Options withSenders(int prefix, Senders mapping) {
            return new Options(zone, firstYear, format, prefix, mapping, now);
        }
    }

    private History(List<FoundLog> logs) throws IOException {
        this.totalBytes = sum(logs);
        Map<String, List<FoundLog>> byHost = new LinkedHashMap<>();
        logs.stream()
                .sorted(Comparator.comparingLong(log -> log.sample().firstMs()))
                .forEach(log -> byHost.computeIfAbsent(log.sample().host(), host -> new ArrayList<>())
                        .add(log));
        byHost.values().forEach(log -> streams.add(new LogStream(log, this::advance, reports::add)));
    }

    /**
     * Looks at the first lines of every file.
     *
     * @throws HistoryException when one of them is no history
     * @throws IOException when one cannot be read
     */
    public static History open(Sources sources, Options options) throws IOException {
        List<FoundLog> logs = new ArrayList<>();
        for (Path path : sources.paths()) {
            logs.add(find(new LogSource(path, sources.standardInput()), options));
        }
        return new History(logs);
    }

    private static FoundLog find(LogSource source, Options options) throws IOException {
        LogReader.Options each = new LogReader.Options(
                options.zone(),
                options.firstYear(),
                source.lastWritten(options.now()),
                options.ipv6Prefix(),
                options.senders());
        LogSample sample = LogSample.of(options.format().orElse(LogFormat.POSTFIX), source.beginning(), each)
                .orElseThrow(() -> new HistoryException(
                        source.name() + " is no log that is known; allowed are those of " + LogFormat.labels()));
        return new FoundLog(source, sample, each);
    }

    private static OptionalLong sum(List<FoundLog> logs) throws IOException {
        long sum = 0;
        for (FoundLog log : logs) {
            OptionalLong bytes = log.source().bytes();
            if (bytes.isEmpty()) {
                return bytes;
            }
            sum += bytes.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /** Bytes on disk of all files; empty when standard input is among them. */
    public OptionalLong totalBytes() {
        return totalBytes;
    }

    /** How many of them were read so far. */
    public long bytesRead() {
        return bytesRead;
    }

    /** @param listener is called again and again while {@link #forEach} reads, by the same thread, also when no event comes */
    public void onProgress(Runnable listener) {
        progress = listener;
    }

    private void advance(long bytes) {
        bytesRead += bytes;
        progress.run();
    }

    /**
     * Reads everything.
     *
     * @param sink gets each event; what it throws ends the reading
     * @throws IOException when a file cannot be read any more
     */
    public HistoryReport forEach(Consumer<ConnectionEvent> sink) throws IOException {
        PriorityQueue<Head> heads = new PriorityQueue<>();
        for (int i = 0; i < streams.size(); i++) {
            put(heads, streams.get(i), i);
        }
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            sink.accept(head.event());
            put(heads, head.stream(), head.number());
        }
        return report();
    }

    private static void put(PriorityQueue<Head> heads, LogStream stream, int number) throws IOException {
        ConnectionEvent event = stream.next();
        if (event != null) {
            heads.add(new Head(event, stream, number));
        }
    }

    /** A server's next event; the same logs are always merged the same way. */
    private record Head(ConnectionEvent event, LogStream stream, int number) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int byTime = Long.compare(event.occurredAtMs(), other.event.occurredAtMs());
            return byTime == 0 ? Integer.compare(number, other.number) : byTime;
        }
    }

    /** Of the files that were read to their ends. */
    public HistoryReport report() {
        return new HistoryReport(List.copyOf(reports));
    }

    @Override
    public void close() throws IOException {
        for (LogStream stream : streams) {
            stream.close();
        }
    }
}
