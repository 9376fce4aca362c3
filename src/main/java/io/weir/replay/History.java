package io.weir.replay;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LogFormat;
import io.weir.replay.log.Senders;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
    private static final int MOST_STREAMS = 500;

    private final HistoryTally tally;
    private final List<LogStream> streams = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private final OptionalLong totalBytes;
    private final long nowMs;
    private long bytesRead;
    private long newestMs;
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

    /** A server's next event; the same logs are always merged the same way. */
    private record Head(ConnectionEvent event, LogStream stream, int number) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            int byTime = Long.compare(event.occurredAtMs(), other.event.occurredAtMs());
            return byTime == 0 ? Integer.compare(number, other.number) : byTime;
        }
    }

    private History(List<FoundLog> logs, List<String> notes, Instant now) throws IOException {
        this.tally = new HistoryTally(notes);
        this.totalBytes = sum(logs);
        this.nowMs = now.toEpochMilli();
        for (List<FoundLog> log : LogSets.of(logs, tally)) {
            begin(log);
        }
    }

    /**
     * Looks at the first lines of every file.
     *
     * @throws HistoryException when what was named is no history
     * @throws IOException when a file cannot be read
     */
    public static History open(Sources sources, Options options) throws IOException {
        LogFinder finder = new LogFinder(sources, options);
        List<FoundLog> logs = finder.find();
        return new History(logs, finder.notes(), options.now());
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

    private LogStream begin(List<FoundLog> logs) {
        if (streams.size() == MOST_STREAMS) {
            throw new HistoryException("there are more than " + MOST_STREAMS
                    + " logs to be read side by side; read those of fewer servers at a time");
        }
        LogStream stream = new LogStream(logs, nowMs, this::advance, tally);
        streams.add(stream);
        return stream;
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
        for (int i = 0; i < streams.size(); i++) {
            put(streams.get(i), i);
        }
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            sink.accept(inOrder(head.event()));
            put(head.stream(), head.number());
        }
        return report();
    }

    private void put(LogStream stream, int number) throws IOException {
        ConnectionEvent event = stream.next();
        if (event == null) {
            return;
        }
        heads.add(new Head(event, stream, number));
        List<FoundLog> overlapped = stream.overlapped();
        if (!overlapped.isEmpty()) {
            put(begin(overlapped), streams.size() - 1);
        }
    }

    /** A log that turned out to overlap another comes a little late: by what logs that follow on each other may overlap. */
    private ConnectionEvent inOrder(ConnectionEvent event) {
        if (event.occurredAtMs() >= newestMs) {
            newestMs = event.occurredAtMs();
            return event;
        }
        return event.at(newestMs);
    }

    /** Of the files that were read to their ends. */
    public HistoryReport report() {
        return tally.report();
    }

    @Override
    public void close() throws IOException {
        for (LogStream stream : streams) {
            stream.close();
        }
    }
}
