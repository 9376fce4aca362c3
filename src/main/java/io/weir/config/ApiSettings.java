package io.weir.config;

import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Where commands ask, when they ask over HTTP. */
public final class ApiSettings {
    public static final String URL = "api.url";
    public static final String TOKEN_FILE = "api.token.file";
    public static final String CA_FILE = "api.ca.file";

    private ApiSettings() {}

    static Section section() {
        return new Section("Commands over HTTP")
                .add(
                        URL,
                        Type.STRING,
                        "",
                        Allowed.API_URL,
                        Importance.MEDIUM,
                        "An engine of the site, such as https://weir.example.org:8451: commands ask there instead of Kafka. Empty:"
                                + " commands about topics ask Kafka, the others http.host and http.port.")
                .add(
                        TOKEN_FILE,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.MEDIUM,
                        "Holds the token to show there, on its first line.")
                .add(
                        CA_FILE,
                        Type.STRING,
                        "",
                        Allowed.EMPTY_OR_PATH,
                        Importance.MEDIUM,
                        "Certificates in PEM by which that engine is known; empty: those that Java trusts.");
    }
}
