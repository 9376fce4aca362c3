package io.weir.edge.policy;

/** Where in the SMTP dialogue a question comes; {@code protocol_state}. */
public enum ProtocolState {
    CONNECT,
    HELO,
    MAIL,
    RCPT,
    DATA,
    END_OF_MESSAGE,
    /** VRFY, ETRN, and whatever may come to be. */
    OTHER;

    static ProtocolState of(String word) {
        return switch (word) {
            case "CONNECT" -> CONNECT;
            case "HELO", "EHLO" -> HELO;
            case "MAIL" -> MAIL;
            case "RCPT" -> RCPT;
            case "DATA" -> DATA;
            case "END-OF-MESSAGE" -> END_OF_MESSAGE;
            default -> OTHER;
        };
    }
}
