package io.weir.replay.log;

import io.weir.replay.log.SyslogLine.Program;
import java.util.Optional;

/** Takes syslog's lines apart. Keeps the hosts and programs of the last lines. */
final class SyslogReader {
    private static final int MAX_HOST = 255;
    private static final int MAX_PID = 32;
    private static final Program SYSLOG = Program.of("syslog");

    private final LogClock clock;
    private final RegionCache<String> hosts = new RegionCache<>(host -> host);
    private final RegionCache<Program> programs = new RegionCache<>(Program::of);

    SyslogReader(LogClock clock) {
        this.clock = clock;
    }

    static HeadReader heads(LogClock clock) {
        SyslogReader reader = new SyslogReader(clock);
        return line -> {
            SyslogLine read = reader.read(line);
            return new HeadReader.Head(read.timeMs(), read.host());
        };
    }

    /** What wrote the line, if syslog has; no time is read. */
    static Optional<Program> program(String line) {
        try {
            int host = afterPriority(line, LogStamp.end(line) + 1);
            int tag = line.indexOf(' ', host) + 1;
            int tagEnd = tag == 0 ? 0 : tagEnd(line, tag);
            int bracket = line.indexOf('[', tag);
            return tag == 0
                    ? Optional.empty()
                    : Optional.of(
                            Program.of(line.substring(tag, bracket > tag && bracket < tagEnd ? bracket : tagEnd)));
        } catch (MalformedLineException e) {
            return Optional.empty();
        }
    }

    SyslogLine read(String line) throws MalformedLineException {
        int stampEnd = LogStamp.end(line);
        int host = afterPriority(line, stampEnd + 1);
        int hostEnd = line.indexOf(' ', host);
        if (hostEnd <= host || hostEnd - host > MAX_HOST || !isName(line, host, hostEnd)) {
            throw new MalformedLineException("no host after the time stamp");
        }
        int tag = hostEnd + 1;
        if (line.startsWith("last message repeated ", tag)) {
            return new SyslogLine(time(line, stampEnd), hosts.of(line, host, hostEnd), SYSLOG, "", line.substring(tag));
        }
        int tagEnd = tagEnd(line, tag);
        int bracket = line.indexOf('[', tag);
        boolean hasPid = bracket > tag && bracket < tagEnd && line.charAt(tagEnd - 1) == ']';
        String pid = hasPid ? line.substring(bracket + 1, tagEnd - 1) : "";
        if (pid.length() > MAX_PID) {
            throw new MalformedLineException("no process id after the program");
        }
        Program program = programs.of(line, tag, hasPid ? bracket : tagEnd);
        int text = tagEnd + 1;
        while (text < line.length() && line.charAt(text) == ' ') {
            text++;
        }
        // The clock last: a line that is not understood does not move it.
        return new SyslogLine(time(line, stampEnd), hosts.of(line, host, hostEnd), program, pid, line.substring(text));
    }

    /** Where the colon stands behind a program's name. */
    private static int tagEnd(String line, int tag) throws MalformedLineException {
        int end = tag;
        while (end < line.length() && line.charAt(end) != ':' && line.charAt(end) != ' ') {
            end++;
        }
        if (end == tag || end == line.length() || line.charAt(end) == ' ') {
            throw new MalformedLineException("no program after the host");
        }
        return end;
    }

    /** BSD's syslogd, when told to be verbose, writes {@code <mail.info>} before the host. */
    private static int afterPriority(String line, int at) {
        int end = at < line.length() && line.charAt(at) == '<' ? line.indexOf("> ", at) : -1;
        return end < 0 ? at : end + 2;
    }

    /** It becomes the name of an edge. */
    private static boolean isName(String line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private long time(String line, int stampEnd) throws MalformedLineException {
        return LogStamp.read(line, stampEnd, clock);
    }
}
