package io.weir.replay.log;

import io.weir.model.Outcome;
import java.util.Set;

/**
 * A line about one attempt that was decided at once: {@code ACTION: STAGE from NAME[ADDRESS]: REPLY; from=<..> ..}, or, of a proxy filter,
 * {@code ACTION: STAGE: REPLY}.
 *
 * @param action what was done, such as {@code reject}
 * @param stage of SMTP, such as {@code RCPT}
 * @param rest the line behind the queue id
 * @param isNamed whether it names the client
 */
record PostfixRefusal(String action, String stage, String rest, boolean isNamed) {
    private static final Set<String> ACTIONS =
            Set.of("reject", "discard", "milter-reject", "proxy-reject", "proxy-accept");

    /** Stages before any sender or recipient is named: a refusal there is no attempt. */
    private static final Set<String> BEFORE_MAIL =
            Set.of("CONNECT", "HELO", "EHLO", "STARTTLS", "AUTH", "VRFY", "ETRN", "XCLIENT", "XFORWARD");

    /** Stages at which the whole message is refused, not one recipient. */
    private static final Set<String> WHOLE_MESSAGE = Set.of("DATA", "BDAT", "END-OF-MESSAGE");

    /** Whether a line is such a one, by its first word behind the queue id. */
    static boolean isAction(String word) {
        return ACTIONS.contains(word);
    }

    /** @param rest begins with one of these words */
    static PostfixRefusal of(String rest) {
        String action = LogText.word(rest);
        String stage = LogText.word(LogText.after(rest, action + ": "));
        return new PostfixRefusal(action, stage, rest, rest.startsWith(action + ": " + stage + " from "));
    }

    /** The client's; empty when the line does not name it. */
    String address() throws MalformedLineException {
        return isNamed ? LogText.address(rest, action.length() + stage.length()) : "";
    }

    boolean isBeforeMail() {
        return BEFORE_MAIL.contains(stage);
    }

    boolean isOfWholeMessage() {
        return WHOLE_MESSAGE.contains(stage);
    }

    boolean nullSender() {
        return rest.contains(" from=<>");
    }

    /** A proxy filter may also let it in. */
    boolean isAcceptance() {
        return action.equals("proxy-accept");
    }

    Outcome outcome() {
        // Behind the client, whose address may have a port behind it.
        int from = action.length() + stage.length();
        return Refusals.outcome(LogText.after(rest.substring(isNamed ? rest.indexOf(']', from) : from), ": "));
    }
}
