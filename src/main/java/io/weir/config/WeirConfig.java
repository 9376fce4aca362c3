package io.weir.config;

import io.weir.config.EngineSettings.GroupProtocol;
import io.weir.config.EngineSettings.ProcessingGuarantee;
import io.weir.model.Networks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** All settings, checked. Names, defaults and meanings are declared in the {@code ..Settings} classes. */
public final class WeirConfig {
    private final Map<String, Given> given;
    private final Map<String, @Nullable Object> values;

    private WeirConfig(Map<String, Given> given) {
        this.given = Collections.unmodifiableMap(given);
        this.values = parse(given);
        int port = brokerPort();
        if (port != 0 && port == brokerControllerPort()) {
            throw new WeirConfigException(BrokerSettings.PORT + " and " + BrokerSettings.CONTROLLER_PORT + " are both "
                    + port + "; they must differ");
        }
        if (file(HttpSettings.TLS_CERTIFICATE).isPresent()
                != file(HttpSettings.TLS_KEY).isPresent()) {
            throw new WeirConfigException(HttpSettings.TLS_CERTIFICATE + " and " + HttpSettings.TLS_KEY
                    + " go together; one of them is not set");
        }
    }

    /**
     * Settings in force: the command line before the environment ({@code WEIR_...}) before the file before the default.
     *
     * @param file a properties file, or null for none
     * @param commandLine settings by name
     * @param environment all of the process's variables; those that do not begin with {@code WEIR_} are ignored
     * @throws WeirConfigException when anything is unknown or bad; the message is one line
     */
    public static WeirConfig load(
            @Nullable Path file, Map<String, String> commandLine, Map<String, String> environment) {
        return new WeirConfig(SettingSources.merge(file, commandLine, environment));
    }

    /** These settings, the rest by default. */
    public static WeirConfig of(Map<String, String> settings) {
        return load(null, settings, Map.of());
    }

    /** This configuration with some settings given anew, as if on the command line. */
    public WeirConfig with(Map<String, String> settings) {
        Map<String, Given> merged = new TreeMap<>(given);
        merged.putAll(SettingSources.fromCommandLine(settings));
        return new WeirConfig(merged);
    }

    public String namespace() {
        return text(CommonSettings.NAMESPACE);
    }

    /** A topic's or group's name in this namespace. */
    public String namespaced(String name) {
        return namespace().isEmpty() ? name : namespace() + "." + name;
    }

    /** Whether somebody said which cluster to use; it is the embedded broker otherwise. */
    public boolean hasBootstrapServers() {
        return optionalText(CommonSettings.BOOTSTRAP_SERVERS).isPresent();
    }

    /** As Kafka clients take it. */
    public String bootstrapServers() {
        return optionalText(CommonSettings.BOOTSTRAP_SERVERS).orElseGet(() -> {
            if (brokerPort() == 0) {
                throw new WeirConfigException(CommonSettings.BOOTSTRAP_SERVERS + " is not set, and cannot follow from "
                        + BrokerSettings.PORT + " = 0, which is a different port each time; set one of them");
            }
            return "127.0.0.1:" + brokerPort();
        });
    }

    public Path dataDirectory() {
        return Path.of(text(CommonSettings.DATA_DIR));
    }

    public Path siteSecretFile() {
        return namespacedPath(CommonSettings.SITE_SECRET_FILE, "site.secret");
    }

    /** Without a slash at the end; empty when replies carry no URL. */
    public Optional<String> helpUrl() {
        String url = text(CommonSettings.HELP_URL);
        return url.isEmpty() ? Optional.empty() : Optional.of(url.replaceFirst("/+$", ""));
    }

    /** Names of the site's mail servers, or domains they are in. */
    public List<String> helpHosts() {
        String hosts = text(CommonSettings.HELP_HOSTS);
        return hosts.isEmpty()
                ? List.of()
                : Arrays.stream(hosts.split(",")).map(String::trim).toList();
    }

    /** 0: any free port. */
    public int brokerPort() {
        return number(BrokerSettings.PORT).intValue();
    }

    /** 0: any free port. */
    public int brokerControllerPort() {
        return number(BrokerSettings.CONTROLLER_PORT).intValue();
    }

    public int brokerPartitions() {
        return number(BrokerSettings.PARTITIONS).intValue();
    }

    /** In this namespace. */
    public String applicationId() {
        return namespaced(text(EngineSettings.APPLICATION_ID));
    }

    public int streamThreads() {
        return number(EngineSettings.STREAM_THREADS).intValue();
    }

    public ProcessingGuarantee processingGuarantee() {
        return choice(EngineSettings.PROCESSING_GUARANTEE, ProcessingGuarantee.values(), ProcessingGuarantee::label);
    }

    public long commitIntervalMs() {
        return number(EngineSettings.COMMIT_INTERVAL_MS).longValue();
    }

    public int lingerMs() {
        return number(EngineSettings.LINGER_MS).intValue();
    }

    public GroupProtocol groupProtocol() {
        return choice(EngineSettings.GROUP_PROTOCOL, GroupProtocol.values(), GroupProtocol::label);
    }

    public int standbyReplicas() {
        return number(EngineSettings.STANDBY_REPLICAS).intValue();
    }

    /** In this namespace, so that a trial that starts afresh can delete it whole. */
    public Path stateDirectory() {
        return namespacedPath(EngineSettings.STATE_DIR, "state");
    }

    public long recordCacheBytes() {
        return number(EngineSettings.RECORD_CACHE_BYTES).longValue();
    }

    public long rocksdbBytes() {
        return number(EngineSettings.ROCKSDB_BYTES).longValue();
    }

    public boolean retentionByRecordTime() {
        return (Boolean) value(EngineSettings.RETENTION_BY_RECORD_TIME);
    }

    public HttpConfig http() {
        Optional<Path> certificate = file(HttpSettings.TLS_CERTIFICATE);
        Optional<Path> key = file(HttpSettings.TLS_KEY);
        return new HttpConfig(
                text(HttpSettings.HOST),
                number(HttpSettings.PORT).intValue(),
                optionalText(HttpSettings.ADVERTISED),
                optionalText(HttpSettings.OPEN).map(Boolean::valueOf),
                text(HttpSettings.TOKENS),
                file(HttpSettings.TOKENS_FILE),
                certificate.flatMap(chain -> key.map(secret -> new HttpConfig.Tls(chain, secret))),
                file(HttpSettings.TLS_CA),
                number(HttpSettings.RATE).intValue(),
                number(HttpSettings.CONNECTIONS).intValue());
    }

    /** Without a slash at the end; empty: commands ask Kafka, or the port of this machine. */
    public Optional<String> apiUrl() {
        String url = text(ApiSettings.URL);
        return url.isEmpty() ? Optional.empty() : Optional.of(url.replaceFirst("/+$", ""));
    }

    public Optional<Path> apiTokenFile() {
        return file(ApiSettings.TOKEN_FILE);
    }

    public Optional<Path> apiCaFile() {
        return file(ApiSettings.CA_FILE);
    }

    /** Empty text is no file. */
    private Optional<Path> file(String name) {
        return optionalText(name).filter(path -> !path.isEmpty()).map(Path::of);
    }

    /** Empty: the host's own name. */
    public Optional<String> edgeName() {
        return optionalText(EdgeSettings.NAME);
    }

    public String policyHost() {
        return text(EdgeSettings.POLICY_HOST);
    }

    /** Empty: no such port; 0: any free one. */
    public Optional<Integer> policyPort() {
        return port(EdgeSettings.POLICY_PORT);
    }

    /** Empty: no Unix socket. */
    public Optional<Path> policySocket() {
        return file(EdgeSettings.POLICY_SOCKET);
    }

    /** Empty: the socket belongs to this user's group. */
    public String policySocketGroup() {
        return text(EdgeSettings.POLICY_SOCKET_GROUP);
    }

    public int policyConnections() {
        return number(EdgeSettings.POLICY_CONNECTIONS).intValue();
    }

    /** Empty: no such port; 0: any free one. */
    public Optional<Integer> milterPort() {
        return port(EdgeSettings.MILTER_PORT);
    }

    private Optional<Integer> port(String setting) {
        return Optional.of(number(setting).intValue()).filter(port -> port != EdgeSettings.NO_PORT);
    }

    /** Empty: no such Unix socket. */
    public Optional<Path> milterSocket() {
        return file(EdgeSettings.MILTER_SOCKET);
    }

    public Networks ownNetworks() {
        return Networks.parse(text(EdgeSettings.OWN_NETWORKS));
    }

    /** In this namespace. */
    public Path spoolDirectory() {
        return namespacedPath(EdgeSettings.SPOOL_DIR, "spool");
    }

    /** In this namespace. */
    public Path adminTokenFile() {
        return namespacedPath(EdgeSettings.TOKEN_FILE, "edge.token");
    }

    public long spoolBytes() {
        return number(EdgeSettings.SPOOL_BYTES).longValue();
    }

    /** With placeholders. */
    public String replyTemplate() {
        return text(EdgeSettings.REPLY);
    }

    /** Empty: each reason's own. */
    public String replyStatus() {
        return text(EdgeSettings.REPLY_STATUS);
    }

    public double brakeShare() {
        return number(EdgeSettings.BRAKE_SHARE).doubleValue();
    }

    public double brakeEstablishedShare() {
        return number(EdgeSettings.BRAKE_ESTABLISHED_SHARE).doubleValue();
    }

    public int brakeLeastAttempts() {
        return number(EdgeSettings.BRAKE_LEAST).intValue();
    }

    /** Kafka's own settings that were given under the prefix, without it. */
    public Map<String, String> passThrough(PassThrough prefix) {
        Map<String, String> all = new LinkedHashMap<>();
        given.forEach((name, value) -> all.put(name, value.value()));
        return prefix.from(all);
    }

    /** What was given, by name; what is missing has its default. */
    Map<String, Given> given() {
        return given;
    }

    private Path namespacedPath(String name, String defaultFileName) {
        Path path =
                optionalText(name).map(Path::of).orElseGet(() -> dataDirectory().resolve(defaultFileName));
        Path last = path.getFileName();
        return last == null ? path : path.resolveSibling(namespaced(last.toString()));
    }

    private String text(String name) {
        return value(name).toString();
    }

    private Optional<String> optionalText(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    private Number number(String name) {
        return (Number) value(name);
    }

    private <T> T choice(String name, T[] all, Function<T, String> label) {
        String text = text(name);
        for (T one : all) {
            if (label.apply(one).equals(text)) {
                return one;
            }
        }
        throw new IllegalStateException(name + " was not checked: " + text);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no setting " + name);
        }
        return value;
    }

    private static Map<String, @Nullable Object> parse(Map<String, Given> given) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (ConfigKey key : Definitions.keys().values()) {
            Given one = given.get(key.name);
            values.put(key.name, one == null ? key.defaultValue : parse(key, one));
        }
        return values;
    }

    private static Object parse(ConfigKey key, Given given) {
        try {
            Object value = ConfigDef.parseType(key.name, given.value(), key.type);
            key.validator.ensureValid(key.name, value);
            return value;
        } catch (ConfigException e) {
            throw new WeirConfigException(
                    key.name + " = " + given.printable() + " (" + given.source() + "): must be " + key.validator, e);
        }
    }
}
