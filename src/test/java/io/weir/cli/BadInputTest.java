package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed wrongly is answered by one line that says what, where and what is allowed. */
class BadInputTest {
    private static final String REASONS = "volume-surge, newcomer-volume, dormant-return, network-newcomers,"
            + " null-sender-surge, spam-share, rejected-share, operator-override";

    @TempDir
    Path dir;

    static Stream<Arguments> commandLines() {
        return Stream.of(
                line("verdcts", "unknown command 'verdcts'; did you mean 'weir verdicts'?"),
                line("qqqqqqqqqqqqqq", "unknown command 'qqqqqqqqqqqqqq'; see 'weir --help'"),
                line("rules shw", "unknown command 'shw'; did you mean 'weir rules show'?"),
                line("--debgu", "unknown option --debgu; see 'weir --help'"),
                line("verdicts --folow", "unknown option --folow; did you mean '--follow'?"),
                line("config extra", "unexpected argument 'extra'; see 'weir config --help'"),
                line("enforce", "missing REASON; see 'weir enforce --help'"),
                line("rules apply", "missing FILE; see 'weir rules apply --help'"),
                line("config --config", "missing FILE after --config; see 'weir config --help'"),
                line(
                        "topics diff --partitions many",
                        "invalid value for option '--partitions': 'many' is not a whole number; see 'weir topics diff"
                                + " --help'"),
                line("topics diff --partitions 0", "--partitions must be 1 to 1024, got 0"),
                line("amend nowhere.jsonl", "there is no file nowhere.jsonl"),
                line("gap 2026-11-24T02:10Z", "give FROM and TO, each once; TO is missing"),
                line(
                        "gap 2026-11-24T02:10Z now --from 2026-11-24T02:10Z",
                        "give FROM and TO, each once; FROM is there twice"),
                line(
                        "gap --from yesterday --to now",
                        "FROM must be a time with its zone, such as 2026-11-24T02:10Z or"
                                + " 2026-11-24T03:10+01:00, got 'yesterday'"),
                line("collect", "missing FILE; see 'weir collect --help'"),
                line("collect --follow nowhere.log", "log nowhere.log does not exist"),
                line("collect src", "log src is not a file that can be read"),
                line("collect --format exim pom.xml", "unknown format 'exim'; allowed is postfix"),
                line(
                        "collect --zone Vienna pom.xml",
                        "--zone 'Vienna' is not a time zone such as Europe/Vienna or +02:00"),
                line("topics apply --files nowhere", "--files nowhere is not a directory"),
                line("enforce volume-surg", "unknown reason 'volume-surg'; allowed are " + REASONS + " and all"),
                line("shadow ALL", "unknown reason 'ALL'; allowed are " + REASONS + " and all"),
                line(
                        "verdicts --client nobody",
                        "--client 'nobody' is neither an IP address nor a sender such as 2001:db8:1:2::/64 or pool:NAME"),
                line("overrides put 203.0.113.7 --for 1h --comment x", "give one of --allow, --throttle and --planned"),
                line(
                        "overrides put 203.0.113.7 --allow --throttle --for 1h --comment x",
                        "give one of --allow, --throttle and --planned"),
                line(
                        "overrides put 203.0.113.7/24 --allow --for 1h --comment x",
                        "target must be an address, a network such as 203.0.113.0/24 or pool:NAME, got '203.0.113.7/24'"),
                line(
                        "overrides put 203.0.113.7 --allow --for 1y --comment x",
                        "for must be a time such as 30m, 12h or 7d, a year at most, got '1y'"),
                line(
                        "overrides put 203.0.113.7 --throttle --admit 2 --for 1h --comment x",
                        "admit must be 0 to 1, got 2.0"),
                line(
                        "overrides put 203.0.113.0/24 --planned 5 --for 1h --comment x",
                        "203.0.113.0/24 is wider than one sender, and a volume is planned for one: give an address, an IPv6"
                                + " sender's prefix or pool:NAME"),
                line(
                        "overrides put 203.0.113.7 --planned 0 --for 1h --comment x",
                        "volume must be 1 to 1000000000 recipients a day with action planned, and with no other; got 0"),
                line(
                        "overrides put 203.0.113.7 --allow --for 1h --until 2026-12-03T00:00Z --comment x",
                        "give for or until, not both"),
                line("overrides put 203.0.113.7 --allow --comment x", "give for, such as 2d, or until"),
                line(
                        "edge -D edge.own.networks=10.0.0.1/8",
                        "edge.own.networks = 10.0.0.1/8 (command line): must be empty, or networks such as 203.0.113.0/24"
                                + " with commas between"),
                line("config -D http.port", "-D takes NAME=VALUE, got 'http.port'"),
                line("config --set =1", "-D takes NAME=VALUE, got '=1'"),
                line("config -D http.prot=1", "unknown setting http.prot (command line); did you mean http.port?"),
                line(
                        "config -D http.port=70000",
                        "http.port = 70000 (command line): must be a whole number from 0 to 65535"),
                line(
                        "config --namespace Big",
                        "namespace = Big (command line): must be at most 30 of the characters a-z, 0-9 and -"),
                line("config --config nowhere.properties", "settings file nowhere.properties does not exist"),
                line("rules apply nowhere.rules", "rules file nowhere.rules does not exist"),
                line(
                        "rules show -D broker.port=0",
                        "bootstrap.servers is not set, and cannot follow from broker.port = 0, which is a different port"
                                + " each time; set one of them"));
    }

    private static Arguments line(String commandLine, String message) {
        return Arguments.of(commandLine, message);
    }

    @ParameterizedTest
    @MethodSource("commandLines")
    void isAnsweredByOneLine(String commandLine, String message) {
        Run run = Run.of(commandLine.split(" "));
        assertThat(run.err()).isEqualTo("weir: " + message + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void aBadVariableIsNamed() {
        Run run = Run.in(Map.of("WEIR_HTTP_PROT", "1"), "config");
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "weir: unknown environment variable WEIR_HTTP_PROT; did you mean WEIR_HTTP_PORT?");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aBadLineOfASettingsFileIsNamed() throws Exception {
        Path file = Files.writeString(dir.resolve("weir.properties"), "http.port=8451\nhttp.port=1\n");
        assertThat(Run.of("config", "--config", file.toString()).err())
                .isEqualToIgnoringNewLines(
                        "weir: http.port is given twice: " + file + " line 1 and " + file + " line 2");
    }

    @Test
    void aBadRuleIsNamedWithItsFile() throws Exception {
        assertThat(rules("growth.1d = 11\n"))
                .isEqualTo("DIR/my.rules: rule growth.1d is '11'; allowed is a number from 2.0 to 10.0");
        assertThat(rules("mode.volume-surge = on\n"))
                .isEqualTo("DIR/my.rules: rule mode.volume-surge is 'on'; allowed are shadow and enforce");
        assertThat(rules("# remark\n\ngrowth\n"))
                .isEqualTo("DIR/my.rules line 3: a rule is NAME = VALUE, and a remark begins with #");
        assertThat(rules("noise=1\nnoise=2\n")).isEqualTo("DIR/my.rules line 2: noise is given twice");
        assertThat(rules("gowth.1d = 2\n")).startsWith("DIR/my.rules: unknown rule 'gowth.1d'; allowed are ");
    }

    private String rules(String text) throws Exception {
        Path file = Files.writeString(dir.resolve("my.rules"), text);
        Run run = Run.of("rules", "apply", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("weir: ");
        assertThat(run.err().lines()).hasSize(1);
        return run.err().strip().substring("weir: ".length()).replace(dir.toString(), "DIR");
    }

    /** What is misspelt must not be left out: it may be what protects. */
    @Test
    void aFieldThatIsNoneIsNamedWithItsFile() throws Exception {
        assertThat(put(
                        "connectors",
                        "- {name: hq, kind: on-premises, clientNetworks: [192.0.2.0/28], requireTLS: true}"))
                .startsWith("DIR/my.yaml: unknown field 'requireTLS'; allowed are v, name, kind, enabled, mode, ");
        assertThat(put("overrides", "{target: 192.0.2.1, action: allow, till: tomorrow, comment: x}"))
                .isEqualTo(
                        "DIR/my.yaml: unknown field 'till'; allowed are target, action, admit, volume, from, for, until,"
                                + " comment");
        assertThat(put("overrides", "{target: 192.0.2.1, action: allow, until: tomorrow, comment: x}"))
                .isEqualTo("DIR/my.yaml: until must be a time such as 2026-12-01T06:00Z, got 'tomorrow'");
        assertThat(put("overrides", "{target: 192.0.2.0/24, action: planned, volume: 10, for: 1d, comment: x}"))
                .startsWith("DIR/my.yaml: 192.0.2.0/24 is wider than one sender, and a volume is planned for one");
        assertThat(put("overrides", "{target: 192.0.2.1, action: throttle, admit: 5%, for: 1d, comment: x}"))
                .isEqualTo("DIR/my.yaml: admit must be a number from 0 to 1, got '5%'");
    }

    private String put(String what, String text) throws Exception {
        Path file = Files.writeString(dir.resolve("my.yaml"), text);
        Run run = Run.of(what, "put", "--file", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        return run.err().strip().substring("weir: ".length()).replace(dir.toString(), "DIR");
    }

    @Test
    void aClusterThatIsNotThereIsNamed() {
        Run run = Run.of("rules", "show", "-D", "bootstrap.servers=127.0.0.1:1");
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "weir: Kafka at 127.0.0.1:1 did not answer within 10 s; is it running, and is"
                                + " bootstrap.servers right?");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE.number());
    }

    @Test
    void theStackTraceIsShownOnRequestOnly() {
        assertThat(Run.of("config", "-D", "x").err()).doesNotContain("\tat ");
        assertThat(Run.of("config", "-D", "x", "--debug").err()).contains("\tat io.weir.cli.");
    }
}
