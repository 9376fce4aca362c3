package io.weir.replay;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads Postfix's log and tells the connection events that an edge would have sent, each under its original time, none before the one
 * before it ({@link LogClock} says how that is kept). The edge is the host in the log; there are no edge sequences, so nothing in a log
 * that is read twice is recognised as a duplicate.
 *
 * <p>One pass and little memory, whatever the file: a line is read up to {@value LineReader#MAX_LINE_BYTES} bytes and is malformed beyond,
 * and the tables of open sessions and transactions forget the oldest at their bounds, which {@link ReadReport#forgotten()} counts. A
 * transaction forgotten is mail not counted.
 */
public final class PostfixLogReader {
    private static final int MAX_SESSIONS = 20_000;
    private static final int MAX_TRANSACTIONS = 50_000;
    private static final int MAX_FOLLOWED = 5_000;

    private final LogClock clock;
    private final PostfixTransactions postfix;
    private final ReadTally tally = new ReadTally();

    /**
     * What a log does not say of itself.
     *
     * @param zone of stamps that name none
     * @param firstYear of the first line, where stamps lack it; empty: the latest year in which the first line is not after
     *     {@code lastWritten}
     * @param lastWritten when the log was last written
     * @param ipv6Prefix bits of an IPv6 address that make a sender
     */
    public record Options(ZoneId zone, OptionalInt firstYear, Instant lastWritten, int ipv6Prefix) {
        /** UTC, a sender for each /64, years by the file's time of modification. */
        public static Options of(Path file) throws IOException {
            return new Options(
                    ZoneOffset.UTC,
                    OptionalInt.empty(),
                    Files.getLastModifiedTime(file).toInstant(),
                    ClientAddress.DEFAULT_IPV6_PREFIX);
        }

        public Options withZone(ZoneId other) {
            return new Options(other, firstYear, lastWritten, ipv6Prefix);
        }

        public Options withFirstYear(int year) {
            return new Options(zone, OptionalInt.of(year), lastWritten, ipv6Prefix);
        }

        public Options withIpv6Prefix(int bits) {
            return new Options(zone, firstYear, lastWritten, bits);
        }
    }

    private PostfixLogReader(LogClock clock, Options options, int maxSessions, int maxTransactions) {
        this.clock = clock;
        this.postfix = new PostfixTransactions(options.ipv6Prefix(), maxSessions, maxTransactions);
    }

    /**
     * Reads a file to its end.
     *
     * @param sink gets the events as they are read; what it throws ends the reading
     * @throws IOException when the file cannot be read
     */
    public static ReadReport read(Path file, Options options, Consumer<ConnectionEvent> sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, options, sink);
        }
    }

    /** Reads a stream to its end; the caller closes it. */
    public static ReadReport read(InputStream in, Options options, Consumer<ConnectionEvent> sink) throws IOException {
        return read(in, options, sink, MAX_SESSIONS, MAX_TRANSACTIONS);
    }

    static ReadReport read(
            InputStream in, Options options, Consumer<ConnectionEvent> sink, int maxSessions, int maxTransactions)
            throws IOException {
        LogClock clock = new LogClock(options.zone(), options.firstYear(), options.lastWritten());
        return new PostfixLogReader(clock, options, maxSessions, maxTransactions).readAll(new LineReader(in), sink);
    }

    /**
     * For a log that is read as it grows, whose state is saved again and again: with smaller tables.
     *
     * @param nowMs the time of day: no line is of a later time
     */
    static PostfixLogReader following(Options options, LongSupplier nowMs) {
        LogClock clock = new LogClock(options.zone(), options.firstYear(), options.lastWritten(), nowMs);
        return new PostfixLogReader(clock, options, MAX_FOLLOWED, MAX_FOLLOWED);
    }

    /** Reads one line, of which there may be more than is given. */
    void read(String line, boolean tooLong, Consumer<ConnectionEvent> sink) {
        tally.line();
        if (tooLong) {
            tally.malformed("longer than " + LineReader.MAX_LINE_BYTES + " bytes", line);
        } else {
            readLine(line, sink);
        }
    }

    ReadReport report() {
        return tally.report(clock, postfix);
    }

    void save(StateWriter to) throws IOException {
        clock.save(to);
        postfix.save(to);
    }

    void load(StateReader from) throws IOException {
        clock.load(from);
        postfix.load(from);
    }

    private ReadReport readAll(LineReader lines, Consumer<ConnectionEvent> sink) throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            read(line, lines.tooLong(), sink);
        }
        return report();
    }

    private void readLine(String line, Consumer<ConnectionEvent> sink) {
        Reading reading;
        try {
            reading = postfix.follow(SyslogLine.parse(line, clock));
        } catch (MalformedLineException e) {
            tally.malformed(String.valueOf(e.getMessage()), line);
            return;
        }
        if (reading instanceof Reading.Understood understood) {
            tally.understood();
            ConnectionEvent event = understood.event();
            if (event != null) {
                tally.event(event);
                sink.accept(event);
            }
        } else if (reading instanceof Reading.Ignored ignored) {
            tally.ignored(ignored.kind());
        }
    }
}
