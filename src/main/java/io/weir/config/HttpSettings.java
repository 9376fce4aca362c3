package io.weir.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The port for queries, health and metrics. */
public final class HttpSettings {
    public static final String HOST = "http.host";
    public static final String PORT = "http.port";
    public static final String ADVERTISED = "http.advertised";
    public static final String OPEN = "http.open";
    public static final String TOKENS = "http.tokens";
    public static final String TOKENS_FILE = "http.tokens.file";
    public static final String TLS_CERTIFICATE = "http.tls.certificate.file";
    public static final String TLS_KEY = "http.tls.key.file";
    public static final String TLS_CA = "http.tls.ca.file";
    public static final String RATE = "http.requests.per.second";
    public static final String CONNECTIONS = "http.connections";

    private HttpSettings() {}

    static Section section() {
        return limits(tls(tokens(new Section("HTTP")
                .add(
                        HOST,
                        Type.STRING,
                        "127.0.0.1",
                        Allowed.HOST_NAME,
                        Importance.MEDIUM,
                        "Address to listen on. One that other machines can reach is refused without tokens and TLS.")
                .add(
                        PORT,
                        Type.INT,
                        8451,
                        Allowed.PORT_OR_ANY,
                        Importance.MEDIUM,
                        "Port to listen on; 0 chooses a free one.")
                .addDerived(
                        ADVERTISED,
                        "<http.host>:<port in use>",
                        Allowed.ADDRESS,
                        Importance.MEDIUM,
                        "Where other engines reach this one's queries; needed when there are several engines."))));
    }

    private static Section tokens(Section section) {
        return section.addDerived(
                        OPEN,
                        "true for `weir up`, false otherwise",
                        Allowed.oneOf(List.of("true", "false")),
                        Importance.HIGH,
                        "Whether whoever reaches the port on loopback needs no token, neither to ask nor to change what operators may"
                                + " change. Not where a proxy on this machine lets others in.")
                .add(
                        TOKENS,
                        Type.STRING,
                        "",
                        Allowed.TOKENS,
                        Importance.HIGH,
                        "Who may ask: NAME:ROLE:HASH, several with commas between. The role is read or operate, the hash what"
                                + " `weir token create` prints. Tokens themselves are kept nowhere.")
                .add(
                        TOKENS_FILE,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.HIGH,
                        "A file with such lines, one for each token; read anew when it changes.");
    }

    private static Section tls(Section section) {
        return section.add(
                        TLS_CERTIFICATE,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.HIGH,
                        "The port's certificate and those up to its root, in PEM; read anew when it changes. Empty: no TLS.")
                .add(
                        TLS_KEY,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.HIGH,
                        "Its private key, in PEM (PKCS #8).")
                .add(
                        TLS_CA,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.MEDIUM,
                        "Certificates in PEM by which this engine knows the others' ports; empty: those that Java trusts.");
    }

    private static Section limits(Section section) {
        return section.add(
                        RATE,
                        Type.INT,
                        1_000,
                        Allowed.wholeNumber(1, 1_000_000),
                        Importance.LOW,
                        "Requests per second and client address (IPv6: /64), on average; beyond: 429. Other engines' do not count.")
                .add(
                        CONNECTIONS,
                        Type.INT,
                        256,
                        Allowed.wholeNumber(8, 100_000),
                        Importance.LOW,
                        "Connections at a time; beyond, they wait to be accepted.");
    }
}
