package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.config.ApiSettings;
import io.weir.config.HttpConfig;
import io.weir.config.HttpSettings;
import io.weir.config.WeirConfig;
import io.weir.http.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the HTTP port of an engine or an edge. */
final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_STREAM_ERROR = 64 * 1024;

    private final String base;
    private final String who;
    private final String option;
    private final @Nullable String authorization;
    private final HttpClient client;

    private ApiClient(
            String base, String who, String option, @Nullable String authorization, @Nullable SSLContext trust) {
        this.base = base;
        this.who = who;
        this.option = option;
        this.authorization = authorization;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** An engine of the site: the one that {@code api.url} names, or the one on this machine. */
    static ApiClient engine(WeirConfig config) {
        SSLContext trust = config.apiCaFile()
                .map(file -> Tls.client(ApiSettings.CA_FILE, file))
                .orElse(null);
        return new ApiClient(
                config.apiUrl().orElseGet(() -> here(config, "engine", "--api")),
                "engine",
                "--api",
                config.apiTokenFile().map(ApiClient::bearer).orElse(null),
                trust);
    }

    /**
     * An edge.
     *
     * @param url as the user gave it; null for what the settings say
     */
    static ApiClient edge(WeirConfig config, @Nullable String url, String authorization) {
        String base = url == null ? here(config, "edge", "--url") : url.replaceFirst("/+$", "");
        return new ApiClient(base, "edge", "--url", authorization, null);
    }

    private static String here(WeirConfig config, String who, String option) {
        HttpConfig http = config.http();
        if (http.port() == 0) {
            throw CommandException.usage(HttpSettings.PORT
                    + " = 0 is a different port each time; give the one that the " + who + " printed, or " + option);
        }
        String host = http.host();
        return (http.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + http.port();
    }

    private static String bearer(Path file) {
        try {
            Optional<String> first = Files.readString(file).lines().findFirst().map(String::trim);
            return "Bearer "
                    + first.filter(line -> !line.isEmpty() && line.chars().allMatch(c -> c > ' ' && c < 127))
                            .orElseThrow(() -> CommandException.usage(
                                    ApiSettings.TOKEN_FILE + " = " + file + " has no token on its first line"));
        } catch (IOException e) {
            throw CommandException.usage(ApiSettings.TOKEN_FILE + ": " + Failures.ofFile(e), e);
        }
    }

    /**
     * The answer as text.
     *
     * @param path with its query, encoded
     * @throws CommandException when there is none, or it says that something is wrong
     */
    String ask(String method, String path) throws InterruptedException {
        return ask(method, path, null);
    }

    /** @param body JSON to send along, or null */
    String ask(String method, String path, @Nullable String body) throws InterruptedException {
        HttpResponse<String> response = send(method, path, body);
        return switch (response.statusCode()) {
            case 200, 201 -> {
                var unused = parse(response.statusCode(), response.body());
                yield response.body();
            }
            case 204 -> "";
            default -> throw refused(response.statusCode(), parse(response.statusCode(), response.body()));
        };
    }

    /**
     * The answer to text that is sent, as it comes.
     *
     * @param accepted kind of answer that is wanted
     */
    String post(String path, byte[] text, String accepted) throws InterruptedException {
        HttpResponse<String> response = send(request(path)
                .timeout(TIMEOUT)
                .header("Accept", accepted)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofByteArray(text)));
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw refused(response.statusCode(), parse(response.statusCode(), response.body()));
    }

    /** What comes until somebody closes it. */
    InputStream stream(String path, String type) throws InterruptedException {
        HttpRequest question = request(path).header("Accept", type).GET().build();
        try {
            HttpResponse<InputStream> response = client.send(question, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(MOST_STREAM_ERROR), StandardCharsets.UTF_8);
                throw refused(response.statusCode(), parse(response.statusCode(), text));
            }
        } catch (IOException e) {
            throw unanswered(e);
        }
    }

    private CommandException refused(int status, JsonNode answer) {
        String detail = answer.path("detail").asText("HTTP status " + status);
        return switch (status) {
            case 400 -> CommandException.usage(detail);
            case 404, 409 -> CommandException.failed(detail);
            case 401, 403 ->
                CommandException.failed("the " + who + " at " + base + " lets nobody in without: " + detail
                        + (who.equals("engine") ? "; --token-file names the file with a token" : ""));
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
        HttpRequest.Builder question = HttpRequest.newBuilder(uri(path));
        if (authorization != null) {
            question.header("Authorization", authorization);
        }
        return question;
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) throws InterruptedException {
        HttpRequest.Builder question = request(path).timeout(TIMEOUT).header("Accept", "application/json");
        if (body == null) {
            question.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            question.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return send(question);
    }

    private HttpResponse<String> send(HttpRequest.Builder question) throws InterruptedException {
        try {
            return client.send(question.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw unanswered(e);
        }
    }

    private CommandException unanswered(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return CommandException.failed(
                        "the " + who + " at " + base + " is not who it should be, or speaks no TLS: "
                                + cause.getMessage() + "; --ca-file names the certificates by which it is known",
                        e);
            }
        }
        return CommandException.unreachable(
                "no " + who + " answers at " + base + "; is 'weir up' or 'weir " + who + "' running there?", e);
    }

    private URI uri(String path) {
        try {
            URI uri = new URI(base + path);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw CommandException.usage(option + " '" + base + "' is not a URL: " + e.getReason(), e);
        }
        throw CommandException.usage(option + " '" + base + "' must be like http://HOST:PORT");
    }

    private JsonNode parse(int status, String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw CommandException.failed(
                    "what answers at " + base + " is no " + who + " of Weir (HTTP status " + status + ")", e);
        }
    }
}
