package io.weir.replay.log;

import io.weir.model.ConnectionEvent;

/**
 * One line of Haraka's log, {@code [LEVEL] [UUID.TRANSACTION] [PLUGIN] TEXT}, dated by syslog or by Haraka's own {@code timestamps}.
 *
 * @param host that syslog names; empty when Haraka wrote its log itself
 * @param session the UUID without the transaction's number
 */
record HarakaLine(long timeMs, String host, String session, String plugin, String text) {
    static HeadReader heads(LogClock clock) {
        Reader reader = new Reader(clock);
        return line -> {
            HarakaLine read = reader.read(line);
            return new HeadReader.Head(read.timeMs(), read.host());
        };
    }

    /** Whether the line is Haraka's for certain, dated or not. */
    static boolean isHarakas(String line) {
        int core = line.indexOf("] [core] ");
        int level = core < 0 ? -1 : line.lastIndexOf(" [", core);
        return level > 1 && line.charAt(level - 1) == ']';
    }

    /** Reads the lines of one log. */
    static final class Reader {
        private final LogClock clock;
        private final SyslogReader syslog;

        Reader(LogClock clock) {
            this.clock = clock;
            this.syslog = new SyslogReader(clock);
        }

        HarakaLine read(String line) throws MalformedLineException {
            if (line.startsWith("[")) {
                throw new MalformedLineException("no time stamp: Haraka's timestamps setting is off");
            }
            int end = LogStamp.end(line);
            if (line.startsWith(" [", end)) {
                return parts(LogStamp.read(line, end, clock), "", line.substring(end + 1));
            }
            SyslogLine read = syslog.read(line);
            return read.program().name().equals("haraka")
                    ? parts(read.timeMs(), read.host(), read.text())
                    : new HarakaLine(
                            read.timeMs(), read.host(), "", read.program().name(), "");
        }

        private static HarakaLine parts(long timeMs, String host, String logged) throws MalformedLineException {
            int session = logged.indexOf("] [") + "] [".length();
            int plugin = logged.indexOf("] [", session) + "] [".length();
            int text = logged.indexOf("] ", plugin);
            if (!logged.startsWith("[") || session < 3 || plugin < session || text < plugin) {
                throw new MalformedLineException("no [LEVEL] [UUID] [PLUGIN] after the time stamp");
            }
            String uuid = logged.substring(session, plugin - "] [".length());
            int number = uuid.indexOf('.');
            return new HarakaLine(
                    timeMs,
                    host,
                    number < 0 ? uuid : uuid.substring(0, number),
                    logged.substring(plugin, text),
                    logged.substring(text + "] ".length()));
        }
    }

    /** {@code OK}, {@code CONT}, {@code DENY}, {@code DENYSOFT} and so on; empty when the line has none. */
    String code() {
        return LogText.value(afterAddress(), " code=");
    }

    /** What the client was told; a quote ends it. */
    String message() {
        return LogText.after(afterAddress(), " msg=\"");
    }

    /** The number behind a label, which is looked for from the end: what a client says comes first. */
    long number(String label) throws MalformedLineException {
        return LogText.number(text, label);
    }

    /** Of {@code 3/0/1}: accepted, failed for now, rejected. */
    int count(String label, int which) throws MalformedLineException {
        int start = text.lastIndexOf(label);
        String[] counts = start < 0
                ? new String[0]
                : text.substring(start + label.length()).split("[/ ]", 4);
        if (counts.length < 3 || !counts[which].matches("\\d{1,9}")) {
            throw new MalformedLineException("no three numbers after '" + label.substring(1) + "'");
        }
        return Math.min(Integer.parseInt(counts[which]), ConnectionEvent.MAX_ATTEMPTS);
    }

    /** Behind the address that a client chose. */
    private String afterAddress() {
        int address = text.indexOf('<');
        int end = address < 0 ? -1 : text.indexOf("> code=", address);
        return end < 0 ? text : text.substring(end + 1);
    }
}
