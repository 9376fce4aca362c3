package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;
import io.weir.throttle.Answer;
import io.weir.throttle.Reason;
import java.util.List;

/**
 * What a deferred client is told, in one line of printable ASCII of at most {@value #MAX_TEXT} characters. Everything in it is ours: the
 * address as we write it, words of the catalogue, numbers. Nothing that a client says gets into it.
 */
final class ReplyTemplate {
    /** The MTA adds its own part; RFC 5321 allows a reply line 512 octets. */
    static final int MAX_TEXT = 200;

    /** Placeholders, and what stands between them. */
    private final List<String> parts;

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
        this.parts = List.of(template.split("(?=\\{)|(?<=\\})"));
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
        Blanks blanks = new Blanks(client.text(), reason.text(), helpUrl, "", Integer.toString(reason.as()), "", "");
        return "451 " + status(reason.enhancedStatusCode()) + " " + fill(blanks);
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
        return fill(new Blanks(
                client.text(),
                Reason.of(verdict.reason()).map(Reason::text).orElse("limited"),
                helpUrl.isEmpty() ? verdict.caseId() : helpUrl + "/" + verdict.caseId(),
                verdict.caseId(),
                Integer.toString(verdict.as()),
                Long.toString(verdict.observed()),
                Long.toString(verdict.allowance())));
    }

    private String fill(Blanks blanks) {
        StringBuilder line = new StringBuilder(MAX_TEXT);
        for (String part : parts) {
            append(line, part.startsWith("{") ? blanks.of(part) : part);
        }
        return line.toString();
    }

    /** A verdict comes from a topic: what is no printable ASCII in it would end or break the reply. */
    private static void append(StringBuilder line, String text) {
        for (int i = 0; i < text.length() && line.length() < MAX_TEXT; i++) {
            char c = text.charAt(i);
            boolean isDoubleBlank = c == ' ' && line.length() > 0 && line.charAt(line.length() - 1) == ' ';
            if (!isDoubleBlank) {
                line.append(c >= ' ' && c < 127 ? c : '?');
            }
        }
    }

    /** What goes where. */
    private record Blanks(
            String address, String reason, String help, String caseId, String as, String observed, String allowance) {
        String of(String placeholder) {
            return switch (placeholder) {
                case "{address}" -> address;
                case "{reason}" -> reason;
                case "{help}" -> help;
                case "{case}" -> caseId;
                case "{as}" -> as;
                case "{observed}" -> observed;
                case "{allowance}" -> allowance;
                default -> placeholder;
            };
        }
    }
}
