package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;
import io.weir.throttle.Answer;
import io.weir.throttle.Reason;

/**
 * What a deferred client is told, in one line of printable ASCII of at most {@value #MAX_TEXT} characters. Everything in it is ours: the
 * address as we write it, words of the catalogue, numbers. Nothing that a client says gets into it.
 */
final class ReplyTemplate {
    /** The MTA adds its own part; RFC 5321 allows a reply line 512 octets. */
    static final int MAX_TEXT = 200;

    private final String template;
    private final String helpUrl;
    private final String status;

    ReplyTemplate(String template, String helpUrl) {
        this(template, helpUrl, "");
    }

    /**
     * @param helpUrl without a slash at the end; empty for none
     * @param status enhanced status code of every deferral; empty: each reason's own
     */
    ReplyTemplate(String template, String helpUrl, String status) {
        this.template = template;
        this.helpUrl = helpUrl;
        this.status = status;
    }

    /** The action for an answer; empty when the MTA need not be told anything. */
    String action(ClientAddress client, Answer answer) {
        if (answer instanceof Answer.Throttled throttled) {
            return defer(client, throttled.verdict());
        } else if (answer instanceof Answer.Overridden overridden) {
            return defer(client, overridden.override());
        } else if (answer instanceof Answer.TlsWanted wanted) {
            return wantTls(wanted.connector());
        } else if (answer instanceof Answer.Refused refused) {
            return refuse(refused.connector());
        } else if (answer instanceof Answer.WouldDefer would) {
            return warn(client, would.verdict());
        }
        return "";
    }

    /** The action for a throttled transaction: codes and text. */
    String defer(ClientAddress client, Verdict verdict) {
        return verdict.replyCode() + " " + status(verdict.enhancedStatusCode()) + " " + fill(client, verdict);
    }

    /** The action that makes the MTA log what it would have said, and go on. */
    String warn(ClientAddress client, Verdict verdict) {
        return "WARN would defer: " + status(verdict.enhancedStatusCode()) + " " + fill(client, verdict);
    }

    private String status(String ofReason) {
        return status.isEmpty() ? ofReason : status;
    }

    /** The action for a transaction that an operator's override defers. */
    String defer(ClientAddress client, OperatorOverride override) {
        Reason reason = Reason.OPERATOR_OVERRIDE;
        String text = template.replace("{address}", client.text())
                .replace("{reason}", reason.text())
                .replace("{help}", helpUrl)
                .replace("{case}", "")
                .replace("{as}", Integer.toString(reason.as()))
                .replace("{observed}", "")
                .replace("{allowance}", "");
        return "451 " + status(reason.enhancedStatusCode()) + " " + bounded(text);
    }

    /** A partner's mail without TLS; 4.7.10 is "encryption needed" (RFC 5248's registry). */
    private static String wantTls(Connector connector) {
        return "451 4.7.10 connector " + connector.name() + " asks for TLS: use STARTTLS and try again";
    }

    /** A partner's mail from elsewhere. The name is an admin's word, and shows the partner what to ask about. */
    private static String refuse(Connector connector) {
        return "550 5.7.51 mail of this domain is not accepted from here, by connector " + connector.name();
    }

    private String fill(ClientAddress client, Verdict verdict) {
        String reason = Reason.of(verdict.reason()).map(Reason::text).orElse("limited");
        String help = helpUrl.isEmpty() ? verdict.caseId() : helpUrl + "/" + verdict.caseId();
        return bounded(template.replace("{address}", client.text())
                .replace("{reason}", reason)
                .replace("{help}", help)
                .replace("{case}", verdict.caseId())
                .replace("{as}", Integer.toString(verdict.as()))
                .replace("{observed}", Long.toString(verdict.observed()))
                .replace("{allowance}", Long.toString(verdict.allowance())));
    }

    /** A verdict comes from a topic: what is no printable ASCII in it would end or break the reply. */
    private static String bounded(String text) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), MAX_TEXT));
        for (int i = 0; i < text.length() && printable.length() < MAX_TEXT; i++) {
            char c = text.charAt(i);
            boolean isDoubleBlank =
                    c == ' ' && printable.length() > 0 && printable.charAt(printable.length() - 1) == ' ';
            if (!isDoubleBlank) {
                printable.append(c >= ' ' && c < 127 ? c : '?');
            }
        }
        return printable.toString();
    }
}
