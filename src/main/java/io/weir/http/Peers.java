package io.weir.http;

import io.weir.config.PeerToken;
import io.weir.engine.EngineAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other engines of the site, as this one asks them: in bounded time, on behalf of whoever was let in here, and never twice in a row. */
final class Peers {
    /** Says that a question was sent on by another engine, so that it is not sent on again. */
    static final String FORWARDED_BY = "Weir-Forwarded-By";

    private static final Logger log = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final HttpClient client;
    private final String scheme;
    private final PeerToken token;

    /** @param trust by which others are known; null for what Java trusts */
    Peers(boolean tls, PeerToken token, @Nullable SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
        this.scheme = tls ? "https" : "http";
        this.token = token;
    }

    /** What an engine said. */
    record Reply(int status, String contentType, byte[] body) {
        /** Whether it knows, be it that there is no such thing or that the question is wrong. */
        boolean isAnswer() {
            return status == 200 || status == 400 || status == 404;
        }
    }

    /** The answer; empty when there is none in time. */
    Optional<Reply> ask(EngineAddress engine, String pathAndQuery, Duration patience) {
        return await(engine, send(engine, pathAndQuery, patience), patience);
    }

    /** The answers of those that gave one in time. */
    Map<EngineAddress, Reply> askAll(List<EngineAddress> engines, String pathAndQuery, Duration patience) {
        Map<EngineAddress, CompletableFuture<Reply>> sent = new LinkedHashMap<>();
        engines.forEach(engine -> sent.put(engine, send(engine, pathAndQuery, patience)));
        long deadline = System.nanoTime() + patience.toNanos();
        Map<EngineAddress, Reply> replies = new LinkedHashMap<>();
        sent.forEach((engine, future) -> await(
                        engine, future, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))
                .filter(Reply::isAnswer)
                .ifPresent(reply -> replies.put(engine, reply)));
        return replies;
    }

    private CompletableFuture<Reply> send(EngineAddress engine, String pathAndQuery, Duration patience) {
        try {
            HttpRequest question = HttpRequest.newBuilder(URI.create(scheme + "://" + engine.text() + pathAndQuery))
                    .timeout(patience)
                    .header("Authorization", token.header())
                    .header(FORWARDED_BY, "engine")
                    .build();
            return client.sendAsync(question, HttpResponse.BodyHandlers.ofInputStream())
                    .thenApply(Peers::read);
        } catch (IllegalArgumentException e) {
            throw ProblemException.bad("the path or the query is no valid URL");
        }
    }

    private static Reply read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            String type = response.headers().firstValue("Content-Type").orElse(Json.TYPE);
            return new Reply(response.statusCode(), type, body.readNBytes(MOST_BYTES));
        } catch (IOException e) {
            return new Reply(502, Json.TYPE, new byte[0]);
        }
    }

    private static Optional<Reply> await(EngineAddress engine, CompletableFuture<Reply> sent, Duration patience) {
        try {
            Reply reply = sent.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (reply.status() == 401 || reply.status() == 403) {
                log.warn("the engine at {} does not know us; is site.secret.file the same everywhere?", engine.text());
            }
            return Optional.of(reply);
        } catch (ExecutionException e) {
            log.debug("no answer from the engine at {}", engine.text(), e);
        } catch (TimeoutException e) {
            log.debug("no answer in time from the engine at {}", engine.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sent.cancel(true);
        return Optional.empty();
    }
}
