package io.weir.edge.milter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an MTA and we agree on: of all that it can leave out, all that we do not need; and the macros that we do need, when it lets a filter say
 * which.
 *
 * @param version the protocol's
 * @param actions what the filter may do; to name macros is all that this one does
 * @param steps what the MTA leaves out, and what it does not wait for
 */
record Negotiation(int version, int actions, int steps) {
    static final int LEAST_VERSION = 2;
    static final int MOST_VERSION = 6;

    /** SMFIF_SETSYMLIST. */
    static final int NAME_MACROS = 0x100;

    /** SMFIP_NOHELO, NOBODY, NOHDRS, NOEOH, NOUNKNOWN, NODATA. */
    private static final int LEAVE_OUT = 0x2 | 0x10 | 0x20 | 0x40 | 0x100 | 0x200;
    /** SMFIP_NR_CONN: no reply to the connection. */
    private static final int CONNECT_WITHOUT_REPLY = 0x1000;
    /** SMFIP_NR_MAIL. */
    private static final int MAIL_WITHOUT_REPLY = 0x4000;

    private static final int WANTED = LEAVE_OUT | CONNECT_WITHOUT_REPLY | MAIL_WITHOUT_REPLY;

    /** SMFIM_ENVFROM: those that come with MAIL. */
    private static final int AT_MAIL = 2;

    /** The size at the end is not named here, since sendmail 8.17 was seen not to send it then: its configuration names it. */
    private static final String MACROS = "i {auth_authen} {mail_addr} {tls_version} {verify} {cn_subject}\0";

    /** @throws MalformedPacketException when the MTA is older than all we can speak with */
    static Negotiation of(MilterPacket offer) {
        int version = offer.number();
        if (version < LEAST_VERSION) {
            throw new MalformedPacketException("version " + version + " of the protocol is too old");
        }
        return new Negotiation(Math.min(version, MOST_VERSION), offer.number() & NAME_MACROS, offer.number() & WANTED);
    }

    boolean isAnswered(MilterCommand command) {
        return switch (command) {
            case CONNECT -> (steps & CONNECT_WITHOUT_REPLY) == 0;
            case MAIL -> (steps & MAIL_WITHOUT_REPLY) == 0;
            default -> true;
        };
    }

    /** The data of the answer to the offer. */
    byte[] answer() {
        byte[] macros = actions == 0 ? new byte[0] : MACROS.getBytes(StandardCharsets.US_ASCII);
        int stage = actions == 0 ? 0 : Integer.BYTES;
        ByteBuffer answer = ByteBuffer.allocate(3 * Integer.BYTES + stage + macros.length);
        answer.putInt(version).putInt(actions).putInt(steps);
        if (actions != 0) {
            answer.putInt(AT_MAIL).put(macros);
        }
        return answer.array();
    }
}
