package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.EngineSettings.GroupProtocol;
import io.weir.config.EngineSettings.ProcessingGuarantee;
import io.weir.model.ClientAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirConfigTest {
    @TempDir
    Path dir;

    @Test
    void withNothingGivenEverythingHasItsDefault() {
        WeirConfig config = WeirConfig.of(Map.of());

        assertThat(config.namespace()).isEmpty();
        assertThat(config.bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(config.siteSecretFile()).isEqualTo(Path.of("data/site.secret"));
        assertThat(config.helpUrl()).isEmpty();
        assertThat(config.helpHosts()).isEmpty();
        assertThat(config.brokerPort()).isEqualTo(9092);
        assertThat(config.brokerControllerPort()).isEqualTo(9093);
        assertThat(config.brokerPartitions()).isEqualTo(4);
        assertThat(config.applicationId()).isEqualTo("weir-engine");
        assertThat(config.streamThreads()).isEqualTo(1);
        assertThat(config.processingGuarantee()).isEqualTo(ProcessingGuarantee.EXACTLY_ONCE);
        assertThat(config.commitIntervalMs()).isEqualTo(100);
        assertThat(config.lingerMs()).isEqualTo(5);
        assertThat(config.groupProtocol()).isEqualTo(GroupProtocol.CLASSIC);
        assertThat(config.standbyReplicas()).isZero();
        assertThat(config.stateDirectory()).isEqualTo(Path.of("data/state"));
        assertThat(config.recordCacheBytes()).isEqualTo(67_108_864);
        assertThat(config.rocksdbBytes()).isEqualTo(134_217_728);
        assertThat(config.retentionByRecordTime()).isTrue();
        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8451);
        assertThat(config.http().advertised()).isEmpty();
        assertThat(config.edgeName()).isEmpty();
        assertThat(config.policyHost()).isEqualTo("127.0.0.1");
        assertThat(config.policyPort()).hasValue(10_451);
        assertThat(config.policySocket()).isEmpty();
        assertThat(config.milterSocket()).isEmpty();
        assertThat(config.milterPort()).isEmpty();
        assertThat(config.ownNetworks().isEmpty()).isTrue();
        assertThat(config.spoolDirectory()).isEqualTo(Path.of("data/spool"));
        assertThat(config.replyTemplate()).isEqualTo(EdgeSettings.DEFAULT_REPLY);
    }

    @Test
    void everySettingIsReadWhenGiven() throws IOException {
        Path file = file("""
                data.dir = /var/lib/weir
                bootstrap.servers = k1.example.org:9092, k2.example.org:9092
                site.secret.file = /etc/weir/secret
                help.url = https://postmaster.example.org/help/
                help.hosts = mx1.example.org, example.net
                broker.port = 0
                broker.controller.port = 0
                broker.partitions = 2
                engine.application.id = judge
                engine.stream.threads = 3
                engine.processing.guarantee = at_least_once
                engine.commit.interval.ms = 1000
                engine.linger.ms = 0
                engine.group.protocol = streams
                engine.standby.replicas = 1
                engine.state.dir = /fast/weir
                engine.record.cache.bytes = 0
                engine.rocksdb.bytes = 67108864
                engine.retention.by.record.time = false
                http.host = ::1
                http.port = 0
                http.open = true
                http.tokens = alice:operate:%s
                http.tokens.file = /etc/weir/tokens
                http.tls.certificate.file = /etc/weir/cert.pem
                http.tls.key.file = /etc/weir/key.pem
                http.tls.ca.file = /etc/weir/ca.pem
                http.requests.per.second = 77
                http.connections = 99
                api.url = https://weir.example.org:8451/
                api.token.file = /etc/weir/token
                api.ca.file = /etc/weir/roots.pem
                http.advertised = [2001:db8::1]:8451
                edge.name = mx1.example.org
                edge.policy.host = ::1
                edge.policy.port = 0
                edge.policy.socket = /run/weir/policy
                edge.policy.socket.group = postfix
                edge.policy.connections = 10
                edge.milter.socket = /run/weir/milter
                edge.milter.port = 0
                edge.own.networks = 198.51.100.0/24, 2001:db8::/32
                edge.spool.dir = /var/spool/weir
                edge.admin.token.file = /etc/weir/token
                edge.spool.bytes = 1048576
                edge.brake.share = 0.5
                edge.brake.established.share = 1
                edge.brake.least.attempts = 7
                edge.reply = no more from {address} ({as})
                edge.reply.status = 4.7.0
                """.formatted("5a".repeat(32)));

        WeirConfig config = WeirConfig.load(file, Map.of(), Map.of());

        assertThat(config.bootstrapServers()).isEqualTo("k1.example.org:9092, k2.example.org:9092");
        assertThat(config.hasBootstrapServers()).isTrue();
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/weir"));
        assertThat(config.siteSecretFile()).isEqualTo(Path.of("/etc/weir/secret"));
        assertThat(config.helpUrl()).hasValue("https://postmaster.example.org/help");
        assertThat(config.helpHosts()).containsExactly("mx1.example.org", "example.net");
        assertThat(config.brokerPort()).isZero();
        assertThat(config.brokerControllerPort()).isZero();
        assertThat(config.brokerPartitions()).isEqualTo(2);
        assertThat(config.applicationId()).isEqualTo("judge");
        assertThat(config.streamThreads()).isEqualTo(3);
        assertThat(config.processingGuarantee()).isEqualTo(ProcessingGuarantee.AT_LEAST_ONCE);
        assertThat(config.commitIntervalMs()).isEqualTo(1000);
        assertThat(config.lingerMs()).isZero();
        assertThat(config.groupProtocol()).isEqualTo(GroupProtocol.STREAMS);
        assertThat(config.standbyReplicas()).isEqualTo(1);
        assertThat(config.stateDirectory()).isEqualTo(Path.of("/fast/weir"));
        assertThat(config.recordCacheBytes()).isZero();
        assertThat(config.rocksdbBytes()).isEqualTo(67_108_864);
        assertThat(config.retentionByRecordTime()).isFalse();
        assertThat(config.http().host()).isEqualTo("::1");
        assertThat(config.http().port()).isZero();
        assertThat(config.http().open()).hasValue(true);
        assertThat(config.http().tokens()).startsWith("alice:operate:");
        assertThat(config.http().tokensFile()).hasValue(Path.of("/etc/weir/tokens"));
        assertThat(config.http().tls())
                .hasValue(new HttpConfig.Tls(Path.of("/etc/weir/cert.pem"), Path.of("/etc/weir/key.pem")));
        assertThat(config.http().ca()).hasValue(Path.of("/etc/weir/ca.pem"));
        assertThat(config.http().requestsPerSecond()).isEqualTo(77);
        assertThat(config.http().connections()).isEqualTo(99);
        assertThat(config.apiUrl()).hasValue("https://weir.example.org:8451");
        assertThat(config.apiTokenFile()).hasValue(Path.of("/etc/weir/token"));
        assertThat(config.apiCaFile()).hasValue(Path.of("/etc/weir/roots.pem"));
        assertThat(config.http().advertised()).hasValue("[2001:db8::1]:8451");
        assertThat(config.edgeName()).hasValue("mx1.example.org");
        assertThat(config.policyHost()).isEqualTo("::1");
        assertThat(config.policyPort()).hasValue(0);
        assertThat(config.policySocket()).hasValue(Path.of("/run/weir/policy"));
        assertThat(config.policySocketGroup()).isEqualTo("postfix");
        assertThat(config.policyConnections()).isEqualTo(10);
        assertThat(config.milterSocket()).hasValue(Path.of("/run/weir/milter"));
        assertThat(config.milterPort()).hasValue(0);
        assertThat(config.ownNetworks().contains(ClientAddress.parse("2001:db8::1")))
                .isTrue();
        assertThat(config.spoolDirectory()).isEqualTo(Path.of("/var/spool/weir"));
        assertThat(config.adminTokenFile()).isEqualTo(Path.of("/etc/weir/token"));
        assertThat(config.spoolBytes()).isEqualTo(1_048_576);
        assertThat(config.brakeShare()).isEqualTo(0.5);
        assertThat(config.brakeEstablishedShare()).isEqualTo(1);
        assertThat(config.brakeLeastAttempts()).isEqualTo(7);
        assertThat(config.replyTemplate()).isEqualTo("no more from {address} ({as})");
        assertThat(config.replyStatus()).isEqualTo("4.7.0");
        assertThat(config.given())
                .hasSameSizeAs(Definitions.names().stream()
                        .filter(name -> !name.equals(CommonSettings.NAMESPACE))
                        .toList());
    }

    @Test
    void commandLineBeforeEnvironmentBeforeFileBeforeDefault() throws IOException {
        Path file = file("http.port = 1\nhttp.host = file\ndata.dir = file\n");
        Map<String, String> environment =
                Map.of("WEIR_HTTP_PORT", "2", "WEIR_HTTP_HOST", "environment", "PATH", "/bin", "WEIR_HEAP", "1g");
        Map<String, String> commandLine = Map.of("http.port", "3");

        WeirConfig config = WeirConfig.load(file, commandLine, environment);

        assertThat(config.http().port()).isEqualTo(3);
        assertThat(config.http().host()).isEqualTo("environment");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("file"));
        assertThat(config.brokerPartitions()).isEqualTo(4);
    }

    @Test
    void aNamespaceStandsBeforeEveryName() {
        WeirConfig config = WeirConfig.of(Map.of("namespace", "trial-1", "data.dir", "/d"));

        assertThat(config.namespaced("smtp-verdicts")).isEqualTo("trial-1.smtp-verdicts");
        assertThat(config.applicationId()).isEqualTo("trial-1.weir-engine");
        assertThat(config.stateDirectory()).isEqualTo(Path.of("/d/trial-1.state"));
        assertThat(config.siteSecretFile()).isEqualTo(Path.of("/d/trial-1.site.secret"));
        assertThat(config.with(Map.of("engine.state.dir", "/fast/weir", "site.secret.file", "/etc/secret")))
                .extracting(WeirConfig::stateDirectory, WeirConfig::siteSecretFile)
                .containsExactly(Path.of("/fast/trial-1.weir"), Path.of("/etc/trial-1.secret"));
    }

    @Test
    void theClusterIsFoundAtTheEmbeddedBrokersPortUnlessThatIsAnyPort() {
        assertThat(WeirConfig.of(Map.of("broker.port", "19092")).bootstrapServers())
                .isEqualTo("127.0.0.1:19092");
        WeirConfig anyPort = WeirConfig.of(Map.of("broker.port", "0"));
        assertThatThrownBy(anyPort::bootstrapServers)
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("bootstrap.servers is not set, and cannot follow from broker.port = 0, which is a different"
                        + " port each time; set one of them");
        assertThat(anyPort.with(Map.of("bootstrap.servers", "127.0.0.1:1")).bootstrapServers())
                .isEqualTo("127.0.0.1:1");
    }

    @Test
    void kafkasOwnSettingsPassThroughFromEverySource() throws IOException {
        Path file = file("kafka.security.protocol = SSL\nstreams.topology.optimization = all\nkafka.retries = 1\n");
        WeirConfig config =
                WeirConfig.load(file, Map.of("kafka.retries", "2"), Map.of("WEIR_CONSUMER_FETCH_MIN_BYTES", "7"));

        assertThat(config.passThrough(PassThrough.KAFKA))
                .containsExactlyInAnyOrderEntriesOf(Map.of("security.protocol", "SSL", "retries", "2"));
        assertThat(config.passThrough(PassThrough.STREAMS)).isEqualTo(Map.of("topology.optimization", "all"));
        assertThat(config.passThrough(PassThrough.CONSUMER)).isEqualTo(Map.of("fetch.min.bytes", "7"));
        assertThat(config.passThrough(PassThrough.PRODUCER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            namespace                   | Trial       | at most 30 of the characters a-z, 0-9 and -
            namespace                   | a.b         | at most 30 of the characters a-z, 0-9 and -
            bootstrap.servers           | localhost   | HOST:PORT, or several with commas between
            bootstrap.servers           | a:1,        | HOST:PORT, or several with commas between
            bootstrap.servers           | a:0         | HOST:PORT, or several with commas between
            bootstrap.servers           | a:65536     | HOST:PORT, or several with commas between
            data.dir                    | ''          | a path
            site.secret.file            | ''          | a path
            help.url                    | http://a.b  | empty, or an https:// URL of at most 64 characters without query or fragment
            help.url                    | https://    | empty, or an https:// URL of at most 64 characters without query or fragment
            help.url                    | https://a/? | empty, or an https:// URL of at most 64 characters without query or fragment
            help.url                    | https://ä.b | empty, or an https:// URL of at most 64 characters without query or fragment
            help.hosts                  | a b, c      | empty, or host names with commas between
            help.hosts                  | a,,c        | empty, or host names with commas between
            broker.port                 | 65536       | a whole number from 0 to 65535
            broker.port                 | -1          | a whole number from 0 to 65535
            broker.controller.port      | x           | a whole number from 0 to 65535
            broker.partitions           | 0           | a whole number from 1 to 48
            broker.partitions           | 49          | a whole number from 1 to 48
            engine.application.id       | a b         | 1 to 100 of the characters A-Z, a-z, 0-9, '.', '_' and -
            engine.stream.threads       | 0           | a whole number from 1 to 64
            engine.stream.threads       | 1.5         | a whole number from 1 to 64
            engine.processing.guarantee | twice       | one of exactly_once_v2, at_least_once
            engine.commit.interval.ms   | 9           | a whole number from 10 to 5000
            engine.linger.ms            | 1001        | a whole number from 0 to 1000
            engine.group.protocol       | CLASSIC     | one of classic, streams
            engine.standby.replicas     | 3           | a whole number from 0 to 2
            edge.name                   | mx 1        | 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_' and '-'
            edge.own.networks           | 10.0.0.1/8  | empty, or networks such as 203.0.113.0/24 with commas between
            edge.brake.share            | 0           | a number above 0, at most 1
            edge.reply                  | to {helo}   | 1 to 160 characters of printable ASCII, with no other placeholders than {address}, {reason}, {help}, {case}, {as}, {observed} and {allowance}
            engine.state.dir            | ''          | a path
            engine.record.cache.bytes   | 64 MB       | a whole number from 0 to 68719476736
            engine.rocksdb.bytes        | 1           | a whole number from 16777216 to 1099511627776
            engine.retention.by.record.time | maybe   | true or false
            http.host                   | a b         | a host name or IP address
            http.port                   | 70000       | a whole number from 0 to 65535
            http.advertised             | host        | HOST:PORT
            http.open                   | yes         | one of true, false
            http.tokens                 | alice       | empty, or NAME:ROLE:HASH as 'weir token create' prints it, several with commas between
            api.url                     | weir:8451   | empty, or a URL such as https://weir.example.org:8451
            """)
    void aBadValueIsOneLineWithSettingValueSourceAndWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> WeirConfig.of(Map.of(name, value)))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage(name + " = " + value + " (command line): must be " + allowed);
    }

    @Test
    void aBadValueNamesTheFilesLineOrTheVariable() throws IOException {
        Path file = file("# first\n\nhttp.host = localhost\nhttp.port = many\n");
        assertThatThrownBy(() -> WeirConfig.load(file, Map.of(), Map.of()))
                .hasMessage("http.port = many (" + file + " line 4): must be a whole number from 0 to 65535");
        assertThatThrownBy(() -> WeirConfig.load(null, Map.of(), Map.of("WEIR_HTTP_PORT", "many")))
                .hasMessage(
                        "http.port = many (environment variable WEIR_HTTP_PORT): must be a whole number from 0 to 65535");
    }

    @Test
    void aBadValueStaysOneShortLine() {
        assertThatThrownBy(() -> WeirConfig.of(Map.of("http.port", "a\nb" + "x".repeat(5000))))
                .hasMessageStartingWith("http.port = a?bxxx")
                .hasMessageEndingWith("xxx... (command line): must be a whole number from 0 to 65535")
                .message()
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http.prt              | ; did you mean http.port?
            engine.stream.thread  | ; did you mean engine.stream.threads?
            Namespace             | ; did you mean namespace?
            kafka.                | ; 'weir config' lists all settings
            zzzzzzzzzzzzzzzzzzzzz | ; 'weir config' lists all settings
            """)
    void anUnknownSettingIsRefusedWithTheNearestName(String name, String advice) {
        assertThatThrownBy(() -> WeirConfig.of(Map.of(name, "1")))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("unknown setting " + name + " (command line)" + advice);
    }

    @Test
    void anUnknownVariableIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> WeirConfig.load(null, Map.of(), Map.of("WEIR_HTTP_PROT", "1")))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("unknown environment variable WEIR_HTTP_PROT; did you mean WEIR_HTTP_PORT?");
        assertThatThrownBy(() -> WeirConfig.load(null, Map.of(), Map.of("WEIR_", "1")))
                .hasMessage("unknown environment variable WEIR_; 'weir config' lists all settings");
    }

    @Test
    void aKafkaSettingThatIsOursIsRefusedUnderKafkasName() {
        assertThatThrownBy(() -> WeirConfig.of(Map.of("streams.application.id", "x")))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage(
                        "streams.application.id (command line) is set by engine.application.id here; use that name");
    }

    @Test
    void theBrokersTwoPortsDiffer() {
        assertThatThrownBy(() -> WeirConfig.of(Map.of("broker.port", "9093")))
                .isInstanceOf(WeirConfigException.class)
                .hasMessage("broker.port and broker.controller.port are both 9093; they must differ");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("weir.properties"), text);
    }
}
