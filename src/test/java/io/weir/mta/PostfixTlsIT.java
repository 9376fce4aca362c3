package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.cli.Run;
import io.weir.edge.EdgeState;
import io.weir.model.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connectors by what a client shows over TLS, as a real Postfix tells it. */
@Needs(Postfix.PROGRAM)
@Timeout(180)
class PostfixTlsIT {
    private static final String CLIENT = "203.0.113.50";
    private static final String FROM = "someone@partner.example.net";
    private static final String TO = "user@example.com";

    @TempDir
    Path directory;

    private EdgeBed bed;
    private Postfix postfix;
    private TestCertificates certificates;

    @Test
    void aVerifiedNameOrAKnownKeyIsTrustedAndAClaimedNameIsNot() throws Exception {
        Path pems = Files.createDirectory(directory.resolve("pems"));
        certificates = new TestCertificates(pems);
        certificates.signed("partner", "/O=Partner/CN=mail.partner.example.net");
        certificates.selfSigned("impostor", "/O=Partner/CN=mail.partner.example.net");
        bed = new EdgeBed(directory, Map.of());
        bed.startEdge();
        postfix = Postfix.startWithTls(bed.edge().port(), certificates);
        try {
            await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
            bed.throttle(CLIENT, Mode.ENFORCE, 0);
            await().atMost(EdgeBed.PATIENCE).until(() -> plain().startsWith("451 4.7.500"));

            connectors(
                    "put", "byname", "--kind", "on-premises", "--certificate", "mail.partner.example.net", "--enforce");
            await().atMost(EdgeBed.PATIENCE).until(() -> over("partner").startsWith("250"));
            assertThat(over("impostor")).as("the same name, by nobody's word").startsWith("451 4.7.500");
            assertThat(plain()).startsWith("451 4.7.500");
            await().atMost(EdgeBed.PATIENCE)
                    .untilAsserted(() -> assertThat(bed.eventsOf(CLIENT)).anySatisfy(event -> {
                        assertThat(event.exemptBy()).isEqualTo("connector:byname");
                        assertThat(event.facts().tlsProtocol()).startsWith("TLSv1.");
                        assertThat(event.facts().tlsSubject()).isEqualTo("mail.partner.example.net");
                    }));

            connectors(
                    "put",
                    "bykey",
                    "--kind",
                    "on-premises",
                    "--fingerprint",
                    certificates.keyFingerprint("impostor"),
                    "--enforce");
            await().atMost(EdgeBed.PATIENCE).until(() -> over("impostor").startsWith("250"));

            connectors(
                    "put",
                    "strict",
                    "--kind",
                    "partner",
                    "--sender-domain",
                    "partner.example.net",
                    "--fingerprint",
                    "00".repeat(32),
                    "--restrict-to-certificates",
                    "--enforce");
            connectors("delete", "byname");
            connectors("delete", "bykey");
            await().atMost(EdgeBed.PATIENCE).until(() -> over("partner").startsWith("550 5.7.51 "));
            assertThat(plain()).as("TLS it can still use").startsWith("451 4.7.10 ");
        } finally {
            postfix.stop();
            bed.close();
        }
    }

    private String plain() throws Exception {
        try (SmtpSession session = new SmtpSession(postfix.port(), CLIENT)) {
            return session.send(FROM, TO);
        }
    }

    private String over(String certificate) throws Exception {
        try (SmtpSession session = new SmtpSession(postfix.port(), CLIENT)) {
            session.startTls(certificates.client(certificate));
            return session.send(FROM, TO);
        }
    }

    private void connectors(String... args) {
        List<String> all = new ArrayList<>(List.of("connectors"));
        all.addAll(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=" + bed.config(Map.of()).bootstrapServers()));
        Run run = Run.now(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }
}
