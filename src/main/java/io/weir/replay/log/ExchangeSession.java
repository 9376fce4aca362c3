package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * One SMTP session, from what was said in it.
 *
 * <pre>
 *  MAIL ──250──> open ──RCPT 250──> accepted + 1
 *                 │  └──RCPT 4xx/5xx──> rejected (deferred, when it was us)
 *                 ├──DATA 354──> "." ──250──> admitted
 *                 │               └──4xx/5xx──> rejected
 *                 └──RSET, end of the session──> abandoned, when a recipient was accepted
 * </pre>
 */
final class ExchangeSession {
    /** A client that says more without waiting for a reply is cut off by any server. */
    private static final int MOST_UNANSWERED = 1_000;

    /** What the end of a message is among the commands. */
    private static final String END_OF_DATA = ".";

    private final LogClient client;
    private final String edge;
    private final Deque<String> unanswered = new ArrayDeque<>();
    private boolean authenticated;
    private boolean attempted;
    private boolean refused;
    private boolean nullSender;
    private int accepted;

    ExchangeSession(LogClient client, String edge) {
        this.client = client;
        this.edge = edge;
    }

    /** The client said so. */
    void command(String said) {
        String command = said.trim();
        boolean goesOn = "AUTH".equals(verbOf(unanswered.peekLast()));
        // What follows AUTH until it is decided is no command, whatever it looks like.
        if (!goesOn && !command.isEmpty() && unanswered.size() < MOST_UNANSWERED) {
            unanswered.add(command);
        }
    }

    /** The server said so; multi-line replies count at their last line. */
    List<ConnectionEvent> reply(String said, long timeMs) {
        int code = codeOf(said);
        boolean more = said.length() > 3 && said.charAt(3) == '-';
        String command = more || code == 0 ? null : unanswered.poll();
        if (command == null) {
            return List.of();
        }
        boolean taken = code < 400;
        refused |= !taken;
        return switch (verbOf(command)) {
            case "MAIL" -> mail(command, taken, timeMs);
            case "RCPT" -> recipient(said, taken, timeMs);
            case "DATA" -> data(code, timeMs);
            case END_OF_DATA -> message(said, taken, timeMs);
            case "BDAT" ->
                !taken || command.toUpperCase(Locale.ROOT).endsWith(" LAST") ? message(said, taken, timeMs) : List.of();
            case "RSET", "EHLO", "HELO" -> taken ? abandoned(timeMs) : List.of();
            case "AUTH" -> authentication(command, code);
            default -> List.of();
        };
    }

    /** The session is over. */
    List<ConnectionEvent> end(long timeMs) {
        List<ConnectionEvent> abandoned = abandoned(timeMs);
        if (attempted || authenticated) {
            return abandoned;
        }
        Outcome ending = refused ? Outcome.REJECTED : Outcome.UNKNOWN;
        return List.of(client.connection(edge, timeMs, ending));
    }

    boolean authenticated() {
        return authenticated;
    }

    private List<ConnectionEvent> mail(String command, boolean taken, long timeMs) {
        List<ConnectionEvent> events = new ArrayList<>(abandoned(timeMs));
        nullSender = command.replace(" ", "").toUpperCase(Locale.ROOT).startsWith("MAILFROM:<>");
        if (!taken) {
            events.addAll(attempt(Outcome.REJECTED, 1, 0, timeMs));
        }
        return events;
    }

    private List<ConnectionEvent> recipient(String said, boolean taken, long timeMs) {
        accepted += taken ? 1 : 0;
        return taken ? List.of() : attempt(Refusals.outcome(said), 1, 0, timeMs);
    }

    private List<ConnectionEvent> data(int code, long timeMs) {
        if (code == 354) {
            unanswered.addFirst(END_OF_DATA);
            return List.of();
        }
        return message("", false, timeMs);
    }

    private List<ConnectionEvent> message(String said, boolean taken, long timeMs) {
        int recipients = accepted;
        accepted = 0;
        if (recipients == 0) {
            return List.of();
        }
        return taken
                ? attempt(Outcome.ADMITTED, recipients, bytes(said), timeMs)
                : attempt(Refusals.outcome(said), recipients, 0, timeMs);
    }

    private List<ConnectionEvent> abandoned(long timeMs) {
        int recipients = accepted;
        accepted = 0;
        return recipients == 0 ? List.of() : attempt(Outcome.ABANDONED, recipients, 0, timeMs);
    }

    private List<ConnectionEvent> authentication(String command, int code) {
        if (code == 334) {
            unanswered.addFirst(command);
        }
        authenticated |= code == 235;
        return List.of();
    }

    private List<ConnectionEvent> attempt(Outcome outcome, int recipients, long bytes, long timeMs) {
        attempted = true;
        return authenticated
                ? List.of()
                : List.of(client.message(edge, timeMs, outcome, recipients, bytes, nullSender));
    }

    /** Of {@code 250 2.6.0 .. 1520 bytes in 0.110, 13.4 KB/sec Queued mail for delivery}; 0 when it does not say. */
    private static long bytes(String said) {
        int end = said.indexOf(" bytes in ");
        int start = end;
        while (start > 0 && Character.isDigit(said.charAt(start - 1)) && end - start < 15) {
            start--;
        }
        return end < 0 || start == end ? 0 : Long.parseLong(said.substring(start, end));
    }

    private static String verbOf(String command) {
        if (command == null) {
            return "";
        }
        int end = 0;
        while (end < command.length() && command.charAt(end) != ' ' && command.charAt(end) != ':') {
            end++;
        }
        return command.substring(0, end).toUpperCase(Locale.ROOT);
    }

    /** 0 when the text is no reply. */
    private static int codeOf(String said) {
        boolean digits = said.length() >= 3
                && Character.isDigit(said.charAt(0))
                && Character.isDigit(said.charAt(1))
                && Character.isDigit(said.charAt(2));
        return digits ? Integer.parseInt(said.substring(0, 3)) : 0;
    }
}
