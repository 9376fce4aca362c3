package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** One request and what came of it. */
record Asked(HttpResponse<String> response) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Asked get(WeirServer server, String path) throws Exception {
        return send(server, "GET", path, null, Map.of());
    }

    /** @param body null for none; sent as JSON unless the headers say otherwise */
    static Asked send(WeirServer server, String method, String path, String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return new Asked(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    String detail() throws Exception {
        return json().path("detail").asText();
    }
}
