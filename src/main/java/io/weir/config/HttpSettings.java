package io.weir.config;

import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The port for queries, health and metrics. */
public final class HttpSettings {
    public static final String HOST = "http.host";
    public static final String PORT = "http.port";
    public static final String REMOTE = "http.remote";
    public static final String ADVERTISED = "http.advertised";

    private HttpSettings() {}

    static Section section() {
        return new Section("HTTP")
                .add(
                        HOST,
                        Type.STRING,
                        "127.0.0.1",
                        Allowed.HOST_NAME,
                        Importance.MEDIUM,
                        "Address to listen on. It asks nobody for a password: let no stranger reach it.")
                .add(
                        PORT,
                        Type.INT,
                        8451,
                        Allowed.PORT_OR_ANY,
                        Importance.MEDIUM,
                        "Port to listen on; 0 chooses a free one.")
                .add(
                        REMOTE,
                        Type.BOOLEAN,
                        false,
                        Allowed.BOOLEAN,
                        Importance.MEDIUM,
                        "Whether http.host may be an address that other machines can reach. Without it such an address is refused.")
                .addDerived(
                        ADVERTISED,
                        "<http.host>:<port in use>",
                        Allowed.ADDRESS,
                        Importance.MEDIUM,
                        "Where other engines reach this one's queries; needed when there are several engines.");
    }
}
