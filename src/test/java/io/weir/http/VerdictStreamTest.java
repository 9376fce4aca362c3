package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.engine.EngineState;
import io.weir.model.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Verdicts as they come. */
@Timeout(60)
class VerdictStreamTest {
    private final WeirServer server = TestServers.open();
    private final FakeQueries queries = new FakeQueries();
    private final FakeVerdicts verdicts = new FakeVerdicts();

    @BeforeEach
    void serve() {
        server.serve(new Served(() -> EngineState.READY, queries, Moment.ofEvents(), new FakeOperators(), verdicts));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** One event: its fields by name, in lines. */
    private static String next(BufferedReader lines) throws Exception {
        StringBuilder event = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                return event.toString();
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                event.append(line).append('\n');
            }
        }
        return event.toString();
    }

    @Test
    void eachVerdictIsAnEventWithItsRecord() throws Exception {
        try (BufferedReader lines = open("", "")) {
            awaitListeners(1);
            verdicts.publish(queries.verdict());
            String event = next(lines);
            assertThat(event).startsWith("id: 0-0\nevent: verdict\ndata: {");
            String data = event.substring(event.indexOf("data: ") + 6);
            assertThat(new ObjectMapper().readTree(data).path("client").asText())
                    .isEqualTo(FakeQueries.KNOWN);
            assertThat(new OpenApiDocument()
                            .validate(
                                    new ObjectMapper().createObjectNode().put("$ref", "#/components/schemas/Verdict"),
                                    data))
                    .isEmpty();
        }
        // Whose reader is gone is given up with the next event or sign of life.
        verdicts.publish(queries.verdict());
        verdicts.publish(queries.verdict());
        awaitListeners(0);
    }

    @Test
    void whoComesBackGoesOnWhereItWas() throws Exception {
        verdicts.publish(queries.verdict());
        verdicts.publish(queries.alarm());
        try (BufferedReader lines = open("", "0-0")) {
            assertThat(next(lines)).startsWith("id: 0-1\n").contains(FakeQueries.RELAY);
        }
    }

    @Test
    void onlyWhatIsWantedComes() throws Exception {
        try (BufferedReader lines = open("?reason=volume-surge", "")) {
            awaitListeners(1);
            verdicts.publish(queries.verdict());
            verdicts.publish(queries.alarm());
            assertThat(next(lines)).contains(FakeQueries.RELAY);
        }
    }

    @Test
    void thereAreOnlySoManyStreams() throws Exception {
        List<BufferedReader> open = new ArrayList<>();
        try {
            for (int i = 0; i < VerdictStreams.MOST; i++) {
                open.add(open("", ""));
            }
            awaitListeners(VerdictStreams.MOST);
            HttpResponse<InputStream> refused = stream("", "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            // Nobody else waits for them.
            assertThat(Asked.get(server, "/v1/senders/" + FakeQueries.KNOWN).status())
                    .isEqualTo(200);
        } finally {
            for (BufferedReader one : open) {
                one.close();
            }
        }
    }

    @Test
    void aServerThatClosesEndsItsStreams() throws Exception {
        try (BufferedReader lines = open("", "")) {
            awaitListeners(1);
            Verdict verdict = queries.verdict();
            verdicts.publish(verdict);
            assertThat(next(lines)).isNotEmpty();
            server.close();
            assertThat(next(lines)).isEmpty();
        } catch (IOException e) {
            assertThat(verdicts.listeners()).isZero();
        }
    }

    private void awaitListeners(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> verdicts.listeners() == count);
    }

    private BufferedReader open(String query, String lastId) throws Exception {
        HttpResponse<InputStream> response = stream(query, lastId);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private HttpResponse<InputStream> stream(String query, String lastId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/verdicts/stream" + query))
                .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }
}
