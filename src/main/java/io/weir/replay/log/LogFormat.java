package io.weir.replay.log;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Who wrote a log. */
public enum LogFormat {
    POSTFIX("postfix", true),
    SENDMAIL("sendmail", true),
    EXIM("exim", true),
    /** The protocol log of Exchange's receive connectors. */
    EXCHANGE("exchange", false),
    /** Exchange's message tracking log. */
    EXCHANGE_TRACKING("exchange-tracking", false),
    HARAKA("haraka", true),
    /** Connection events, as on {@code smtp-connections}. */
    EVENTS("events", false);

    private static final Set<String> POSTFIX_DAEMONS = Set.of(
            "smtpd",
            "qmgr",
            "cleanup",
            "postscreen",
            "smtp",
            "lmtp",
            "local",
            "virtual",
            "pipe",
            "bounce",
            "anvil",
            "pickup",
            "trivial-rewrite",
            "master",
            "dnsblog",
            "tlsproxy",
            "proxymap",
            "scache",
            "error",
            "discard");

    private final String label;
    private final boolean resumable;

    LogFormat(String label, boolean resumable) {
        this.label = label;
        this.resumable = resumable;
    }

    /** The word for it on a command line and in reports. */
    public String label() {
        return label;
    }

    /** Whether such a log can be followed while it grows. */
    public boolean isResumable() {
        return resumable;
    }

    public static Optional<LogFormat> named(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }

    /** All of them, for a message. */
    public static String labels() {
        return labels(format -> true);
    }

    /** Some of them, for a message. */
    public static String labels(Predicate<LogFormat> which) {
        return Arrays.stream(values()).filter(which).map(LogFormat::label).collect(Collectors.joining(", "));
    }

    FormatReader reader(LogClock clock, LogReader.Options options, LogReader.Bounds bounds) {
        LogClient.Names clients = options.names();
        return switch (this) {
            case POSTFIX -> new PostfixTransactions(clock, clients, bounds);
            case SENDMAIL -> new SendmailTransactions(clock, clients, bounds);
            case EXIM -> new EximTransactions(clock, clients, options.edge(), bounds);
            case EXCHANGE -> new ExchangeSessions(clock, clients, bounds);
            case EXCHANGE_TRACKING -> new ExchangeTracking(clock, clients, options.edge());
            case HARAKA -> new HarakaTransactions(clock, clients, options.edge(), bounds);
            case EVENTS -> new EventLines(clock, clients);
        };
    }

    /** Whether the line can be of no other format. */
    boolean recognises(String line) {
        return switch (this) {
            case POSTFIX -> isOfSyslog(line, program -> POSTFIX_DAEMONS.contains(program.daemon()));
            case SENDMAIL -> isOfSyslog(line, SendmailTransactions::isSendmail);
            case EXIM -> EximLine.isExims(line);
            case EXCHANGE -> line.startsWith("#Log-type: " + ExchangeSessions.TYPE) || isExchangeRow(line);
            case EXCHANGE_TRACKING -> line.startsWith("#Log-type: " + ExchangeTracking.TYPE);
            case HARAKA -> HarakaLine.isHarakas(line);
            case EVENTS -> line.startsWith("{") && line.contains("\"occurredAtMs\"");
        };
    }

    private static boolean isOfSyslog(String line, Predicate<SyslogLine.Program> program) {
        return SyslogReader.program(line).filter(program).isPresent();
    }

    /** {@code DATE,CONNECTOR,SESSION,NUMBER,LOCAL,REMOTE,+,DATA,CONTEXT} */
    private static boolean isExchangeRow(String line) {
        String[] values = line.split(",", 8);
        return values.length == 8
                && values[0].endsWith("Z")
                && values[1].indexOf('\\') > 0
                && values[6].length() == 1
                && "+-<>*".contains(values[6]);
    }

    /** What the first lines tell, in the order of the lines. */
    HeadReader heads(LogClock clock, LogReader.Options options) {
        return switch (this) {
            case POSTFIX, SENDMAIL -> SyslogReader.heads(clock);
            case EXIM -> EximLine.heads(clock);
            case EXCHANGE -> ExchangeSessions.heads(clock);
            case EXCHANGE_TRACKING -> ExchangeTracking.heads(clock);
            case HARAKA -> HarakaLine.heads(clock);
            case EVENTS -> EventLines.heads(options);
        };
    }
}
