package io.weir.config;

import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What every command needs. */
public final class CommonSettings {
    public static final String NAMESPACE = "namespace";
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String DATA_DIR = "data.dir";
    public static final String SITE_SECRET_FILE = "site.secret.file";
    public static final String HELP_URL = "help.url";
    public static final String HELP_HOSTS = "help.hosts";

    private CommonSettings() {}

    static Section section() {
        return new Section("Common")
                .add(
                        NAMESPACE,
                        Type.STRING,
                        "",
                        Allowed.matching("[a-z0-9-]{0,30}", "at most 30 of the characters a-z, 0-9 and -"),
                        Importance.HIGH,
                        "Keeps a trial apart from everything else: the namespace and a dot stand before the names of topics, the"
                                + " application id, the engine's state directory and the file of the site's secret.")
                .addDerived(
                        BOOTSTRAP_SERVERS,
                        "127.0.0.1:<broker.port>",
                        Allowed.ADDRESSES,
                        Importance.HIGH,
                        "Where the Kafka cluster is found.")
                .add(
                        DATA_DIR,
                        Type.STRING,
                        "data",
                        Allowed.PATH,
                        Importance.HIGH,
                        "Where the embedded broker and the engine keep what they keep.")
                .addDerived(
                        SITE_SECRET_FILE,
                        "<data.dir>/site.secret",
                        Allowed.PATH,
                        Importance.HIGH,
                        "The file with the site's secret: 64 hexadecimal digits, readable by its owner alone, the same on every"
                                + " engine and edge. Case ids and the choice of what is let through depend on it.")
                .add(
                        HELP_URL,
                        Type.STRING,
                        "",
                        Allowed.HELP_URL,
                        Importance.MEDIUM,
                        "Printed in replies, with the case after it: where a deferred sender's postmaster finds out why. Empty:"
                                + " replies carry the case alone.")
                .add(
                        HELP_HOSTS,
                        Type.STRING,
                        "",
                        Allowed.HOST_NAMES,
                        Importance.MEDIUM,
                        "Names of the site's mail servers as bounces carry them, or domains that they are in, with commas between: by them"
                                + " 'weir explain' and the help page tell the site's own replies from others' that have the same codes.");
    }
}
