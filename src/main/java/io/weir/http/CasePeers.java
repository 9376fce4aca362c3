package io.weir.http;

import io.weir.engine.EngineAddress;
import io.weir.http.CaseSource.NotNowException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The other engines of the site, asked for cases. Whoever guesses cases must not make all threads wait for them. */
final class CasePeers implements Cases.Others {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Peers peers;
    private final Semaphore hops;

    CasePeers(Peers peers, Semaphore hops) {
        this.peers = peers;
        this.hops = hops;
    }

    @Override
    public List<String> ask(List<EngineAddress> engines, String pathAndQuery) throws NotNowException {
        if (engines.isEmpty()) {
            return List.of();
        }
        if (!hops.tryAcquire()) {
            throw new NotNowException("too many questions wait for other engines", RETRY_AFTER);
        }
        try {
            return peers.askAll(engines, pathAndQuery, PATIENCE).values().stream()
                    .filter(reply -> reply.status() == 200)
                    .map(reply -> new String(reply.body(), StandardCharsets.UTF_8))
                    .toList();
        } finally {
            hops.release();
        }
    }
}
