package io.weir.config;

import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The edge: what stands between a mail server and Kafka. */
public final class EdgeSettings {
    public static final String NAME = "edge.name";
    public static final String POLICY_HOST = "edge.policy.host";
    public static final String POLICY_PORT = "edge.policy.port";
    public static final String POLICY_SOCKET = "edge.policy.socket";
    public static final String POLICY_SOCKET_GROUP = "edge.policy.socket.group";
    public static final String POLICY_CONNECTIONS = "edge.policy.connections";
    public static final String MILTER_PORT = "edge.milter.port";
    public static final String MILTER_SOCKET = "edge.milter.socket";
    public static final String OWN_NETWORKS = "edge.own.networks";
    public static final String TOKEN_FILE = "edge.admin.token.file";
    public static final String SPOOL_DIR = "edge.spool.dir";
    public static final String SPOOL_BYTES = "edge.spool.bytes";
    public static final String REPLY = "edge.reply";
    public static final String REPLY_STATUS = "edge.reply.status";
    public static final String BRAKE_SHARE = "edge.brake.share";
    public static final String BRAKE_ESTABLISHED_SHARE = "edge.brake.established.share";
    public static final String BRAKE_LEAST = "edge.brake.least.attempts";

    /** {@code help} is the URL of the case, or the case alone where there is no help.url. */
    public static final String DEFAULT_REPLY =
            "[{address}] temporarily rate limited: {reason}. Keep queued and retry. {help} (AS{as})";

    static final int NO_PORT = -1;

    private static final long MIB = 1024 * 1024;

    private EdgeSettings() {}

    static Section section() {
        Section section = new Section("Edge")
                .addDerived(
                        NAME,
                        "<host name>",
                        Allowed.matching(
                                "[A-Za-z0-9._-]{1,64}", "1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'"),
                        Importance.HIGH,
                        "Names this edge in its events; no two edges of a site may have the same.")
                .add(
                        POLICY_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        Allowed.HOST_NAME,
                        Importance.MEDIUM,
                        "Loopback address on which mail servers ask. The policy protocol believes its caller, so that no other address"
                                + " is allowed.")
                .add(
                        POLICY_PORT,
                        Type.INT,
                        10451,
                        Allowed.wholeNumber(NO_PORT, 65_535),
                        Importance.MEDIUM,
                        "TCP port on which mail servers ask; 0 chooses a free one, -1: none, where they use the Unix socket.")
                .add(
                        POLICY_SOCKET,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.MEDIUM,
                        "Unix socket on which mail servers ask, mode 0660; empty for none. Where the mail server can use it, better"
                                + " than the port, which every local user can reach.")
                .add(
                        POLICY_SOCKET_GROUP,
                        Type.STRING,
                        "",
                        Allowed.matching("[A-Za-z0-9_.-]{0,32}", "empty, or the name of a group"),
                        Importance.MEDIUM,
                        "Group that the Unix sockets belong to, such as postfix; empty: this user's.")
                .add(
                        POLICY_CONNECTIONS,
                        Type.INT,
                        2_000,
                        Allowed.wholeNumber(1, 100_000),
                        Importance.LOW,
                        "Policy connections at a time, and as many milter connections; one more is closed at once. Postfix holds one for"
                                + " each smtpd process, sendmail one for each SMTP session.")
                .add(
                        MILTER_SOCKET,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.MEDIUM,
                        "Unix socket on which sendmail asks by the milter protocol, mode 0660; empty for none. sendmail wants its"
                                + " directory writable by nobody else.")
                .add(
                        MILTER_PORT,
                        Type.INT,
                        NO_PORT,
                        Allowed.wholeNumber(NO_PORT, 65_535),
                        Importance.LOW,
                        "TCP port on edge.policy.host for the same, where the Unix socket cannot be used: sendmail takes 40 ms longer"
                                + " for each recipient. -1: none; 0 chooses a free one.")
                .add(
                        OWN_NETWORKS,
                        Type.STRING,
                        "",
                        Allowed.NETWORKS,
                        Importance.HIGH,
                        "Networks whose mail is never touched and never counted, in CIDR notation with commas between: your own hosts"
                                + " and relays. Loopback and private addresses are always among them.");
        return token(brake(reply(spool(section))));
    }

    private static Section spool(Section section) {
        return section.addDerived(
                        SPOOL_DIR,
                        "<data.dir>/spool",
                        Allowed.PATH,
                        Importance.HIGH,
                        "Where events wait for Kafka, with the number that keeps them from counting twice. Not to be shared.")
                .add(
                        SPOOL_BYTES,
                        Type.LONG,
                        256 * MIB,
                        Allowed.wholeNumber(MIB, 1024 * 1024 * MIB),
                        Importance.MEDIUM,
                        "Events that may wait for Kafka, in bytes; beyond, the oldest are dropped. About 300 bytes for a transaction.");
    }

    private static Section brake(Section section) {
        return section.add(
                        BRAKE_SHARE,
                        Type.DOUBLE,
                        0.10,
                        Allowed.SHARE,
                        Importance.HIGH,
                        "When more than this share of all transactions of ten minutes would be deferred, everything is let through"
                                + " until an operator releases the brake. 1: never.")
                .add(
                        BRAKE_ESTABLISHED_SHARE,
                        Type.DOUBLE,
                        0.05,
                        Allowed.SHARE,
                        Importance.HIGH,
                        "The same for established senders: those that are not throttled as newcomers; senders without a verdict count among them, trusted"
                                + " clients do not. Lower it where most mail comes from senders that are new.")
                .add(
                        BRAKE_LEAST,
                        Type.INT,
                        500,
                        Allowed.wholeNumber(1, 1_000_000_000),
                        Importance.LOW,
                        "With fewer transactions than this in ten minutes the brake does not act: a share of few says little.");
    }

    private static Section token(Section section) {
        return section.addDerived(
                TOKEN_FILE,
                "<data.dir>/edge.token",
                Allowed.PATH,
                Importance.MEDIUM,
                "Holds what `weir probe` and `weir brake` must show to an edge; made at the edge's first start, for its user alone.");
    }

    private static Section reply(Section section) {
        return section.add(
                        REPLY,
                        Type.STRING,
                        DEFAULT_REPLY,
                        Allowed.REPLY,
                        Importance.LOW,
                        "Text after the codes of a deferral. {address}, {reason}, {help}, {case} and {as} stand for what they say,"
                                + " {observed} and {allowance} for the figures.")
                .add(
                        REPLY_STATUS,
                        Type.STRING,
                        "",
                        Allowed.matching(
                                "(4\\.[0-9]{1,3}\\.[0-9]{1,3})?", "empty, or an enhanced status code such as 4.7.0"),
                        Importance.LOW,
                        "Enhanced status code of every deferral, for clients that take each reason's own (4.7.500 to 4.7.507) amiss;"
                                + " empty: that. The AS number in the text tells reasons apart all the same.");
    }
}
