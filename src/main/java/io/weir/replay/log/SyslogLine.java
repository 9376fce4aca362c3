package io.weir.replay.log;

/**
 * One line of a mail log: {@code STAMP HOST PROGRAM[PID]: TEXT}.
 *
 * @param timeMs milliseconds since the epoch, as {@link LogClock} reads it
 * @param program as logged: {@code postfix/smtpd}, {@code postfix/submission/smtpd}, {@code dovecot}
 * @param pid empty when there is none
 */
record SyslogLine(long timeMs, String host, String program, String pid, String text) {
    private static final int MAX_HOST = 255;
    private static final int MAX_PID = 32;

    static SyslogLine parse(String line, LogClock clock) throws MalformedLineException {
        int stampEnd = LogClock.stampEnd(line);
        int host = stampEnd + 1;
        int hostEnd = line.indexOf(' ', host);
        if (hostEnd <= host || hostEnd - host > MAX_HOST) {
            throw new MalformedLineException("no host after the time stamp");
        }
        int tag = hostEnd + 1;
        if (line.startsWith("last message repeated ", tag)) {
            return new SyslogLine(
                    time(line, stampEnd, clock), line.substring(host, hostEnd), "syslog", "", line.substring(tag));
        }
        int tagEnd = line.indexOf(':', tag);
        if (tagEnd <= tag || line.substring(tag, tagEnd).indexOf(' ') >= 0) {
            throw new MalformedLineException("no program after the host");
        }
        int bracket = line.indexOf('[', tag);
        boolean hasPid = bracket > tag && bracket < tagEnd && line.charAt(tagEnd - 1) == ']';
        String program = line.substring(tag, hasPid ? bracket : tagEnd);
        String pid = hasPid ? line.substring(bracket + 1, tagEnd - 1) : "";
        if (pid.length() > MAX_PID) {
            throw new MalformedLineException("no process id after the program");
        }
        String text = line.substring(tagEnd + 1).stripLeading();
        // The clock last: a line that is not understood does not move it.
        return new SyslogLine(time(line, stampEnd, clock), line.substring(host, hostEnd), program, pid, text);
    }

    private static long time(String line, int stampEnd, LogClock clock) throws MalformedLineException {
        return clock.read(line.substring(0, stampEnd));
    }

    /** The last part of Postfix's {@code postfix/smtpd}; empty for other programs. */
    String daemon() {
        int slash = program.lastIndexOf('/');
        return slash < 0 ? "" : program.substring(slash + 1);
    }

    /** Whether a service for the site's own users wrote it, which says nothing about inbound mail. */
    boolean ofSubmission() {
        return program.contains("/submission/") || program.contains("/submissions/") || program.contains("/smtps/");
    }
}
