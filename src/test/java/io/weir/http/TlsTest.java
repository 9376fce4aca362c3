package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.AccessTokens;
import io.weir.config.HttpConfig;
import io.weir.config.Role;
import io.weir.engine.Answer;
import io.weir.engine.EngineAddress;
import io.weir.engine.SenderFacts;
import io.weir.model.SenderKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A port that other machines may reach. */
@Timeout(60)
class TlsTest {
    @TempDir
    Path dir;

    private final AccessTokens.Fresh token = AccessTokens.create("grafana", Role.READ);

    @Test
    void withTlsAndTokensOthersMayReachIt() throws Exception {
        Certificates certificates = Certificates.in(dir);
        try (WeirServer server = TestServers.listen(settings(certificates, "0.0.0.0"), true)) {
            server.serve(TestServers.engine(new FakeQueries()));
            assertThat(server.url()).startsWith("https://");
            HttpResponse<String> refused = get(server, certificates.certificate(), "/v1/cluster", "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
            assertThat(get(server, certificates.certificate(), "/v1/cluster", token.token())
                            .statusCode())
                    .isEqualTo(200);
            // Meters tell of traffic: who is on another machine shows a token for them, too.
            assertThat(get(server, certificates.certificate(), "/metrics", "").statusCode())
                    .isEqualTo(401);
            assertThat(get(server, certificates.certificate(), "/health/live", "")
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(request(server, "/health/live", ""), HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void enginesKnowEachOtherByTheirCertificates() throws Exception {
        Certificates certificates = Certificates.in(dir);
        Map<String, String> settings = settings(certificates, "127.0.0.1");
        settings.put("http.tls.ca.file", certificates.certificate().toString());
        try (WeirServer other = TestServers.listen(settings, true);
                WeirServer one = TestServers.listen(settings, true)) {
            other.serve(TestServers.engine(new FakeQueries()));
            one.serve(TestServers.engine(new FakeQueries() {
                @Override
                public Answer<SenderFacts> sender(SenderKey sender) {
                    return new Answer.Remote<>(List.of(new EngineAddress("localhost", other.port())));
                }
            }));
            assertThat(get(one, certificates.certificate(), "/v1/senders/" + FakeQueries.KNOWN, token.token())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        Certificates certificates = Certificates.in(dir);
        Path before = Files.copy(certificates.certificate(), dir.resolve("before.pem"));
        try (TlsPort port = new TlsPort(new HttpConfig.Tls(certificates.certificate(), certificates.key()))) {
            // Damaged: what was read stays.
            Files.writeString(certificates.certificate(), "no certificate\n");
            port.look();
            Certificates.in(dir);
            assertThat(Files.readString(certificates.certificate())).isNotEqualTo(Files.readString(before));
            Files.setLastModifiedTime(certificates.certificate(), FileTime.fromMillis(86_400_000));
            port.look();
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Certificates certificates = Certificates.in(dir);
        Path empty = Files.writeString(dir.resolve("empty.pem"), "");
        Map<String, String> settings = settings(certificates, "127.0.0.1");
        settings.put("http.tls.key.file", empty.toString());
        assertThatThrownBy(() -> TestServers.listen(settings, true))
                .isInstanceOf(HttpServerException.class)
                .hasMessageStartingWith("http.tls.certificate.file = " + certificates.certificate()
                        + " and http.tls.key.file = " + empty + " cannot be used: ")
                .hasMessageEndingWith("; they must be a certificate chain and its key (BEGIN PRIVATE KEY), in PEM");
        settings.put("http.tls.key.file", dir.resolve("none.pem").toString());
        assertThatThrownBy(() -> TestServers.listen(settings, true))
                .hasMessage("http.tls.key.file = " + dir.resolve("none.pem") + " is no file that can be read");
        assertThatThrownBy(() -> Tls.client("api.ca.file", empty))
                .hasMessageStartingWith("api.ca.file = " + empty + " cannot be used: ");
    }

    private Map<String, String> settings(Certificates certificates, String host) {
        return new HashMap<>(Map.of(
                "http.host", host,
                "http.tokens", token.line(),
                "http.tls.certificate.file", certificates.certificate().toString(),
                "http.tls.key.file", certificates.key().toString()));
    }

    private static HttpResponse<String> get(WeirServer server, Path ca, String path, String token) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(Tls.client("ca", ca)).build();
        HttpResponse<String> response = client.send(request(server, path, token), HttpResponse.BodyHandlers.ofString());
        assertThat(response.sslSession()).hasValueSatisfying(session -> {
            assertThat(session.getProtocol()).startsWith("TLSv1.");
            assertThat(((X509Certificate) peer(session))
                            .getSubjectX500Principal()
                            .getName())
                    .isEqualTo("CN=localhost");
        });
        return response;
    }

    private static Certificate peer(SSLSession session) {
        try {
            return session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(WeirServer server, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
        return (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build();
    }
}
