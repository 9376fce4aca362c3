package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.weir.SharedData;
import io.weir.model.ClientAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lines of Postfix's daemons, each with the fields that another project's patterns find in it. A line is read within a session, or after the
 * line that begins its transaction, and the event must have what the fields say.
 */
@SharedData.Needed("maillogs/postfix-grok/test")
class PostfixGrokTest {
    private static final String OTHER = "198.51.100.9";
    private static final List<String> BEFORE_MAIL = List.of("CONNECT", "HELO", "EHLO", "AUTH", "VRFY");

    private static final Map<String, String> DAEMONS = Map.of(
            "TRIVIAL_REWRITE", "trivial-rewrite",
            "SCRIPT", "postfix-script",
            "TLS_FEATURES", "smtpd",
            "COMMAND_COUNTER_DATA", "smtpd",
            "DELAYS", "smtp");

    /** One file: a line, who wrote it, what is in it. */
    record Case(String name, String daemon, String data, JsonNode fields) {
        static Case read(Path file) {
            try {
                JsonNode yaml = new YAMLMapper().readTree(file.toFile());
                String pattern = yaml.get("pattern").asText().replaceAll(".*POSTFIX_(\\w+).*", "$1");
                return new Case(
                        String.valueOf(file.getFileName()),
                        DAEMONS.getOrDefault(pattern, pattern.toLowerCase(Locale.ROOT)),
                        yaml.get("data").asText().replace("\r", "").replace("\n", ""),
                        yaml.get("results"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String field(String name) {
            return fields.path("postfix_" + name).asText();
        }

        String client() {
            return field("client_ip").isEmpty() ? OTHER : field("client_ip");
        }

        boolean ofSession() {
            return daemon.equals("smtpd") && !field("client_ip").equals("unknown");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.file("maillogs/postfix-grok/test"))) {
            return files.sorted().map(Case::read).toList().stream();
        }
    }

    @Test
    void allOfThemAreThere() throws IOException {
        // ls test | wc -l
        assertThat(cases()).hasSize(191);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLineTellsWhatItsFieldsSay(Case one) {
        Read read = Read.lines(LogFormat.POSTFIX, lines(one).toArray(String[]::new));
        assertThat(read.report().malformed()).as(read.why()).isZero();
        assertThat(read.described().stream().map(told -> told.substring("10:00:00 ".length())))
                .as(one.data)
                .containsExactlyElementsOf(expected(one));
        assertThat(read.events()).allMatch(event -> event.edge().equals("mx1"));
        if (!one.field("size").isEmpty()) {
            assertThat(read.events().get(0).bytes()).isEqualTo(Long.parseLong(one.field("size")));
        }
    }

    private static List<String> lines(Case one) {
        String id = one.field("queueid");
        List<String> lines = new ArrayList<>();
        if (one.ofSession()) {
            lines.add("smtpd[7]: connect from x[" + one.client() + "]");
        }
        if (one.daemon.equals("qmgr") || one.daemon.equals("cleanup")) {
            lines.add("smtpd[8]: " + (id.isEmpty() ? "4104E3D" : id) + ": client=x[" + one.client() + "]");
        }
        lines.add(one.daemon + "[7]: " + one.data);
        if (one.ofSession()) {
            lines.add("smtpd[7]: disconnect from x[" + one.client() + "]");
        }
        return lines.stream().map(line -> "Nov 25 10:00:00 mx1 postfix/" + line).toList();
    }

    private static List<String> expected(Case one) {
        String nullSender = one.field("keyvalue_data").contains("from=<>") ? " null" : "";
        String action = one.field("action");
        boolean busy = !one.field("postscreen_toobusy_data").isEmpty();
        boolean refused =
                List.of("reject", "milter-reject", "proxy-reject", "discard").contains(action)
                        || one.field("milter_result").equals("reject")
                        || busy;
        boolean bare = busy || BEFORE_MAIL.contains(one.field("smtp_stage"));
        if (refused && one.daemon.equals("cleanup")) {
            return List.of(one.client() + " rejected 1");
        }
        if (refused) {
            return List.of(one.client() + (bare ? " connection rejected" : " rejected 1" + nullSender));
        }
        if (action.equals("proxy-accept")) {
            return List.of(one.client() + " admitted 1" + nullSender);
        }
        if (one.daemon.equals("qmgr")) {
            String recipients = LogText.value(one.field("keyvalue_data") + " ", ", nrcpt=");
            return recipients.isEmpty() ? List.of() : List.of(one.client() + " admitted " + recipients + nullSender);
        }
        if (one.field("client_ip").equals("unknown")) {
            return List.of();
        }
        boolean local = ClientAddress.parse(one.client()).exempt();
        if (one.data.startsWith("4104E3D: client=") || !one.ofSession() || local) {
            return List.of();
        }
        boolean lost = !one.field("smtpd_lostconn_data").isEmpty() && one.data.matches("(lost|timeout).*");
        return List.of(canonical(one.client()) + " connection " + (lost ? "abandoned" : "unknown"));
    }

    private static String canonical(String address) {
        return ClientAddress.parse(address).text();
    }
}
