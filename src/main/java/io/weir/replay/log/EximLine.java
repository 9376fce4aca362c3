package io.weir.replay.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;

/**
 * One line of Exim's main log: {@code STAMP [PID] ID TEXT}, written by itself or through syslog.
 *
 * @param host that syslog names; empty when Exim wrote its log itself, which does not say
 * @param id of the message; empty when the line is about none
 */
record EximLine(long timeMs, String host, String id, String text) {
    /** What Exim's lines begin with, behind the time, that are about no message. */
    private static final List<String> BEGINNINGS = List.of(
            "H=",
            "SMTP ",
            "no MAIL in SMTP ",
            "no host name found ",
            "no IP address found for host ",
            "exim ",
            "Start queue run: ",
            "End queue run: ",
            "unexpected disconnection while reading SMTP ",
            "TLS error on connection ",
            "rejected ");

    private static final int ANY_YEAR = 2000;

    static HeadReader heads(LogClock clock) {
        Reader reader = new Reader(clock);
        return line -> {
            EximLine read = reader.read(line);
            return new HeadReader.Head(read.timeMs(), read.host());
        };
    }

    /** Whether the line is Exim's for certain: others have such a stamp, too. */
    static boolean isExims(String line) {
        try {
            EximLine read =
                    new Reader(new LogClock(ZoneOffset.UTC, OptionalInt.of(ANY_YEAR), Instant.EPOCH)).read(line);
            return !read.id.isEmpty()
                    || read.text.contains(" authenticator failed for ")
                    || BEGINNINGS.stream().anyMatch(read.text::startsWith);
        } catch (MalformedLineException e) {
            return false;
        }
    }

    /** Reads the lines of one log. */
    static final class Reader {
        private static final int SHORT_ID = 16;
        private static final int LONG_ID = 23;
        /** Where syslog's prefix ends at the latest. */
        private static final int MOST_PREFIX = 330;

        private final LogClock clock;
        private final SyslogReader syslog;

        Reader(LogClock clock) {
            this.clock = clock;
            this.syslog = new SyslogReader(clock);
        }

        EximLine read(String line) throws MalformedLineException {
            int program = line.indexOf(" exim");
            int tagEnd = program < 0 || program > MOST_PREFIX ? -1 : line.indexOf("]: ", program);
            int own = tagEnd < 0 || line.lastIndexOf('[', tagEnd) > program + " exim4[".length() ? 0 : tagEnd + 3;
            if (own > 0 && LogStamp.isDated(line, own)) {
                return dated(line.substring(own), hostBefore(line, program));
            }
            if (own > 0 && LogStamp.isDated(line, 0)) {
                return tagged(line, program, own);
            }
            if (LogStamp.isDated(line, 0)) {
                return dated(line, "");
            }
            SyslogLine read = syslog.read(line);
            boolean ofExim = read.program().name().startsWith("exim");
            return message(read.timeMs(), read.host(), ofExim ? read.text() : "");
        }

        /** {@code STAMP TEXT} */
        private EximLine dated(String line, String host) throws MalformedLineException {
            int end = LogStamp.end(line);
            return message(LogStamp.read(line, end, clock), host, line.substring(Math.min(end + 1, line.length())));
        }

        /** {@code STAMP HOST exim[PID]: TEXT}, as some write who have syslog name the date. */
        private EximLine tagged(String line, int program, int text) throws MalformedLineException {
            String host = hostBefore(line, program);
            boolean isHost = host.indexOf('.') >= 0;
            return message(LogStamp.read(line, LogStamp.end(line), clock), isHost ? host : "", line.substring(text));
        }

        private static String hostBefore(String line, int end) {
            return line.substring(line.lastIndexOf(' ', end - 1) + 1, end);
        }

        private static EximLine message(long timeMs, String host, String logged) {
            int start = logged.startsWith("[") ? logged.indexOf("] ") + 2 : 0;
            String said = start > 1 ? logged.substring(start) : logged;
            int id = idLength(said);
            return id == 0
                    ? new EximLine(timeMs, host, "", said)
                    : new EximLine(
                            timeMs, host, said.substring(0, id), said.substring(Math.min(id + 1, said.length())));
        }

        /** Of {@code 1PLKOW-00046U-EW} or, since Exim 4.97, {@code 1r0abc-00000000Ktu-1234}; 0 when the text begins otherwise. */
        private static int idLength(String text) {
            if (isId(text, SHORT_ID, 13)) {
                return SHORT_ID;
            }
            return isId(text, LONG_ID, 18) ? LONG_ID : 0;
        }

        private static boolean isId(String text, int length, int secondDash) {
            if (text.length() < length || (text.length() > length && text.charAt(length) != ' ')) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                boolean dash = i == 6 || i == secondDash;
                char c = text.charAt(i);
                boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
                if (dash ? c != '-' : !alphanumeric) {
                    return false;
                }
            }
            return true;
        }
    }
}
