package io.weir.replay.log;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the lines of one log, which may be several files one after the other, and tells the connection events that an edge would have
 * sent, each under its original time, none before the one before it ({@link LogClock} says how that is kept). The edge is the host in the
 * log; there are no edge sequences, so nothing in a log that is read twice is recognised as a duplicate.
 *
 * <p>One pass and little memory, whatever the lines are: the tables of open sessions and transactions forget the oldest at their bounds,
 * which {@link ReadReport#forgotten()} counts. A transaction forgotten is mail not counted.
 */
public final class LogReader {
    /** For a log of the past: all that a busy server can have open at once. */
    static final Bounds ROOMY = new Bounds(20_000, 50_000);
    /** For a log whose state is saved again and again. */
    private static final Bounds FOLLOWED = new Bounds(5_000, 5_000);

    private final LogClock clock;
    private final FormatReader format;
    private ReadTally tally = new ReadTally();
    private long forgottenBefore;

    /** @param transactions most that are open at once */
    record Bounds(int sessions, int transactions) {}

    /**
     * What a log does not say of itself.
     *
     * @param zone of stamps that name none
     * @param firstYear of the first line, where stamps lack it; empty: the latest year in which the first line is not after
     *     {@code lastWritten}
     * @param lastWritten when the log was last written
     * @param ipv6Prefix bits of an IPv6 address that make a sender
     * @param senders whom an address counts for
     * @param edge whose log it is, where its lines do not say: what Exim, Haraka and Exchange write themselves
     */
    public record Options(
            ZoneId zone, OptionalInt firstYear, Instant lastWritten, int ipv6Prefix, Senders senders, String edge) {
        /** UTC, a sender for each /64 and IPv4 address. */
        public static Options of(Instant lastWritten) {
            return new Options(
                    ZoneOffset.UTC,
                    OptionalInt.empty(),
                    lastWritten,
                    ClientAddress.DEFAULT_IPV6_PREFIX,
                    Senders.EACH,
                    "log");
        }

        public Options withZone(ZoneId other) {
            return new Options(other, firstYear, lastWritten, ipv6Prefix, senders, edge);
        }

        public Options withFirstYear(int year) {
            return new Options(zone, OptionalInt.of(year), lastWritten, ipv6Prefix, senders, edge);
        }

        public Options withEdge(String name) {
            return new Options(zone, firstYear, lastWritten, ipv6Prefix, senders, name);
        }

        LogClient.Names names() {
            return new LogClient.Names(ipv6Prefix, senders);
        }
    }

    LogReader(LogFormat format, Options options) {
        this(format, options, () -> Long.MAX_VALUE, ROOMY);
    }

    /**
     * For a log of the past.
     *
     * @param nowMs no line is of a later time, milliseconds since the epoch
     */
    public static LogReader upTo(long nowMs, LogFormat format, Options options) {
        return new LogReader(format, options, () -> nowMs, ROOMY);
    }

    LogReader(LogFormat format, Options options, LongSupplier nowMs, Bounds bounds) {
        this.clock = new LogClock(options.zone(), options.firstYear(), options.lastWritten(), nowMs);
        this.format = format.reader(clock, options, bounds);
    }

    /**
     * For a log that is read as it grows: with smaller tables.
     *
     * @param nowMs the time of day: no line is of a later time
     */
    static LogReader following(LogFormat format, Options options, LongSupplier nowMs) {
        return new LogReader(format, options, nowMs, FOLLOWED);
    }

    /** Reads one line, of which there may be more than is given. */
    public void read(String line, boolean tooLong, Consumer<ConnectionEvent> sink) {
        tally.line();
        if (tooLong) {
            tally.malformed("longer than " + LineReader.MAX_LINE_BYTES + " bytes", line);
            return;
        }
        try {
            Reading reading = format.read(line);
            if (reading instanceof Reading.Understood understood) {
                tally.understood();
                tell(understood.events(), sink);
            } else if (reading instanceof Reading.Ignored ignored) {
                tally.ignored(ignored.kind());
            }
        } catch (MalformedLineException e) {
            tally.malformed(String.valueOf(e.getMessage()), line);
        }
        tell(format.due(false), sink);
    }

    /** No more lines come. */
    public void end(Consumer<ConnectionEvent> sink) {
        tell(format.due(true), sink);
    }

    private void tell(List<ConnectionEvent> events, Consumer<ConnectionEvent> sink) {
        for (ConnectionEvent event : events) {
            tally.event(event);
            sink.accept(event);
        }
    }

    /** The newest time in the log so far, milliseconds since the epoch; 0 before the first line. */
    public long newestMs() {
        return clock.newestMs();
    }

    /** What became of the lines since the beginning, or since the last file began. */
    public ReadReport report() {
        return tally.report(clock, format.open(), format.forgotten() - forgottenBefore);
    }

    /** The same, of a file that another goes on with: what is open is not without an end. */
    public ReadReport reportOfPart() {
        return tally.report(clock, 0, format.forgotten() - forgottenBefore);
    }

    /**
     * The next line is the first of another file, which goes on where the last has ended.
     *
     * @param year of its first stamp, if that lacks one
     */
    public void beginFile(int year) {
        tally = new ReadTally();
        forgottenBefore = format.forgotten();
        clock.beginFile(year);
    }

    void save(StateWriter to) throws IOException {
        clock.save(to);
        resumable().save(to);
    }

    void load(StateReader from) throws IOException {
        clock.load(from);
        resumable().load(from);
    }

    private ResumableReader resumable() {
        if (format instanceof ResumableReader resumable) {
            return resumable;
        }
        throw new IllegalStateException("a log of this format is not gone on with");
    }
}
