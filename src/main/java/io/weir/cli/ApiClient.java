package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.HttpSettings;
import io.weir.config.WeirConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the HTTP port of an engine or an edge. */
final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String base;
    private final String who;
    private final @Nullable String authorization;

    /**
     * @param url as the user gave it; null for what the settings say
     * @param who "engine" or "edge", for messages
     * @param authorization value of the header, or null
     */
    ApiClient(WeirConfig config, @Nullable String url, String who, @Nullable String authorization) {
        this.base = url == null ? base(config, who) : url.replaceFirst("/+$", "");
        this.who = who;
        this.authorization = authorization;
    }

    private static String base(WeirConfig config, String who) {
        if (config.httpPort() == 0) {
            throw CommandException.usage(HttpSettings.PORT
                    + " = 0 is a different port each time; give the one that the " + who + " printed, or --url");
        }
        String host = config.httpHost();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + config.httpPort();
    }

    /**
     * The answer as text.
     *
     * @param path with its query, encoded
     * @throws CommandException when there is none, or it says that something is wrong
     */
    String ask(String method, String path) throws InterruptedException {
        HttpResponse<String> response = send(
                request(path).header("Accept", "application/json").method(method, HttpRequest.BodyPublishers.noBody()));
        parse(response);
        return body(response);
    }

    /**
     * The answer to what is sent, as it comes.
     *
     * @param accepted kind of answer that is wanted
     * @throws CommandException when there is none, or it says that something is wrong
     */
    String post(String path, byte[] text, String accepted) throws InterruptedException {
        return body(send(request(path)
                .header("Accept", accepted)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofByteArray(text))));
    }

    private String body(HttpResponse<String> response) {
        if (response.statusCode() == 200) {
            return response.body();
        }
        JsonNode answer = parse(response);
        String detail = answer.path("detail").asText("HTTP status " + response.statusCode());
        throw switch (response.statusCode()) {
            case 400 -> CommandException.usage(detail);
            case 404 -> CommandException.failed(detail);
            case 503 -> CommandException.unreachable("the " + who + " at " + base + " is not ready: " + detail);
            default -> CommandException.failed("the " + who + " at " + base + " answered: " + detail);
        };
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw CommandException.failed("the answer is no JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder question = HttpRequest.newBuilder(uri(path)).timeout(TIMEOUT);
        return authorization == null ? question : question.header("Authorization", authorization);
    }

    private HttpResponse<String> send(HttpRequest.Builder question) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            return client.send(question.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw CommandException.unreachable(
                    "no " + who + " answers at " + base + "; is 'weir up' or 'weir " + who + "' running there?", e);
        }
    }

    private URI uri(String path) {
        try {
            URI uri = new URI(base + path);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw CommandException.usage("--url '" + base + "' is not a URL: " + e.getReason(), e);
        }
        throw CommandException.usage("--url '" + base + "' must be like http://HOST:PORT");
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw CommandException.failed(
                    "what answers at " + base + " is no " + who + " of Weir (HTTP status " + response.statusCode()
                            + ")",
                    e);
        }
    }
}
