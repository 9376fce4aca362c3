package io.weir.edge.milter;

import io.weir.edge.policy.PolicyAttribute;
import io.weir.edge.policy.ProtocolState;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an MTA has said of an SMTP session, and the questions that come of it. */
final class MilterSession {
    private static final String QUEUE_ID = "i";
    private static final String USER = "{auth_authen}";
    /** The sender as the MTA understood it, where the command says what the client wrote. */
    private static final String MAIL_ADDRESS = "{mail_addr}";

    private static final String TLS_VERSION = "{tls_version}";
    private static final String VERIFIED = "{verify}";
    private static final String CERTIFICATE_NAME = "{cn_subject}";
    private static final String SIZE = "{msg_size}";
    private static final Set<String> OURS =
            Set.of(QUEUE_ID, USER, MAIL_ADDRESS, TLS_VERSION, VERIFIED, CERTIFICATE_NAME, SIZE);

    private static final String IPV6 = "IPv6:";

    private final String id;
    /** Of the session; an MTA may tell of TLS but once. */
    private final Map<String, String> sessionMacros = new HashMap<>();
    /** Of the message; they hide the session's. */
    private final Map<String, String> messageMacros = new HashMap<>();

    private String client = "";
    private @Nullable String sender;
    private long messages;
    private int accepted;

    /** @param id no other session's */
    MilterSession(String id) {
        this.id = id;
    }

    void macros(MilterPacket packet) {
        MilterCommand about = MilterCommand.of(packet.code());
        if (about == MilterCommand.MAIL) {
            messageMacros.clear();
        }
        Map<String, String> macros =
                about == MilterCommand.CONNECT || about == MilterCommand.HELO ? sessionMacros : messageMacros;
        while (packet.hasMore()) {
            String name = packet.text();
            String value = packet.text();
            if (OURS.contains(name)) {
                macros.put(name, value);
            }
        }
    }

    void connect(MilterPacket packet) {
        packet.text();
        byte family = packet.code();
        client = "";
        if (family == '4' || family == '6') {
            packet.skip(Short.BYTES);
            String address = packet.text();
            client = address.startsWith(IPV6) ? address.substring(IPV6.length()) : address;
        }
    }

    void mail(MilterPacket packet) {
        String understood = address(macro(MAIL_ADDRESS));
        String written = address(packet.text());
        sender = understood.isEmpty() || written.isEmpty() ? written : understood;
        messages++;
        accepted = 0;
    }

    MilterQuestion recipient(MilterPacket packet) {
        Map<PolicyAttribute, String> attributes = attributes();
        put(attributes, PolicyAttribute.RECIPIENT, address(packet.text()));
        return new MilterQuestion(ProtocolState.RCPT, attributes);
    }

    /** The recipient that was asked about last is one of the message's. */
    void accepted() {
        accepted++;
    }

    MilterQuestion endOfMessage() {
        Map<PolicyAttribute, String> attributes = attributes();
        put(attributes, PolicyAttribute.RECIPIENT_COUNT, Integer.toString(accepted));
        put(attributes, PolicyAttribute.SIZE, macro(SIZE));
        return new MilterQuestion(ProtocolState.END_OF_MESSAGE, attributes);
    }

    /** Nothing of the message counts for the next one. */
    void messageIsOver() {
        sender = null;
        messageMacros.clear();
    }

    /** What the MTA calls the message in its log; a dash when it does not say. */
    String queueId() {
        String queueId = macro(QUEUE_ID);
        return queueId.matches("[A-Za-z0-9.]{1,64}") ? queueId : "-";
    }

    private Map<PolicyAttribute, String> attributes() {
        if (sender == null) {
            throw new MalformedPacketException("no message without MAIL");
        }
        Map<PolicyAttribute, String> attributes = new EnumMap<>(PolicyAttribute.class);
        put(attributes, PolicyAttribute.INSTANCE, id + "." + messages);
        put(attributes, PolicyAttribute.CLIENT_ADDRESS, client);
        put(attributes, PolicyAttribute.SENDER, sender);
        put(attributes, PolicyAttribute.SASL_USERNAME, macro(USER));
        put(attributes, PolicyAttribute.ENCRYPTION_PROTOCOL, macro(TLS_VERSION));
        // sendmail tells any certificate's name, and this apart, whether it believes it.
        if (macro(VERIFIED).equals("OK")) {
            put(attributes, PolicyAttribute.CCERT_SUBJECT, macro(CERTIFICATE_NAME));
        }
        return attributes;
    }

    private String macro(String name) {
        String ofMessage = messageMacros.get(name);
        return ofMessage == null ? sessionMacros.getOrDefault(name, "") : ofMessage;
    }

    private static void put(Map<PolicyAttribute, String> attributes, PolicyAttribute attribute, String value) {
        if (!value.isEmpty()) {
            attributes.put(attribute, value);
        }
    }

    /** What stands between angle brackets; sendmail hands on what the client wrote, even a name before them. */
    private static String address(String written) {
        int close = written.lastIndexOf('>');
        int open = written.startsWith("<") ? 0 : written.lastIndexOf('<', close);
        return close < 0 || open < 0 ? written : written.substring(open + 1, close);
    }
}
