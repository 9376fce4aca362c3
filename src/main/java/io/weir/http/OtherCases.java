package io.weir.http;

import io.weir.engine.EngineAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the other engines of the site for a case. */
final class OtherCases implements Cases.Others {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Peers peers;

    OtherCases(Peers peers) {
        this.peers = peers;
    }

    @Override
    public List<Optional<String>> ask(List<String> engines, String pathAndQuery) {
        List<EngineAddress> addresses =
                engines.stream().map(EngineAddress::parse).toList();
        return peers.askAll(addresses, pathAndQuery, PATIENCE).values().stream()
                .filter(reply -> reply.status() == 200 || reply.status() == 404)
                .map(reply -> reply.status() == 404
                        ? Optional.<String>empty()
                        : Optional.of(new String(reply.body(), StandardCharsets.UTF_8)))
                .toList();
    }
}
