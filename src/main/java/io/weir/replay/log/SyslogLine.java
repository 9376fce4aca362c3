package io.weir.replay.log;

/**
 * One line that syslog wrote: {@code STAMP HOST PROGRAM[PID]: TEXT}.
 *
 * @param timeMs milliseconds since the epoch, as {@link LogClock} reads it
 * @param pid empty when there is none
 */
record SyslogLine(long timeMs, String host, Program program, String pid, String text) {
    /**
     * What wrote a line.
     *
     * @param name as logged: {@code postfix/smtpd}, {@code postfix/submission/smtpd}, {@code dovecot}
     * @param daemon the last part of Postfix's {@code postfix/smtpd}; empty for other programs
     * @param ofSubmission whether a service for the site's own users wrote it, which says nothing about inbound mail
     */
    record Program(String name, String daemon, boolean ofSubmission) {
        static Program of(String name) {
            int slash = name.lastIndexOf('/');
            boolean ofSubmission =
                    name.contains("/submission/") || name.contains("/submissions/") || name.contains("/smtps/");
            return new Program(name, slash < 0 ? "" : name.substring(slash + 1), ofSubmission);
        }
    }

    String daemon() {
        return program.daemon();
    }

    /** The program under its process id, by which the lines of one session are told from another's. */
    String process() {
        return host + "[" + pid;
    }
}
