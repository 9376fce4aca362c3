package io.weir.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The HTTP port's settings.
 *
 * @param host to listen on
 * @param port 0: any free one
 * @param advertised {@code HOST:PORT}; empty when it follows from where the server listens
 * @param open whether loopback needs no token; empty when nobody said
 * @param tokens as the setting has them, checked
 * @param tls empty: no TLS
 * @param ca by which other engines are known; empty: what Java trusts
 * @param requestsPerSecond for each client address
 */
public record HttpConfig(
        String host,
        int port,
        Optional<String> advertised,
        Optional<Boolean> open,
        String tokens,
        Optional<Path> tokensFile,
        Optional<Tls> tls,
        Optional<Path> ca,
        int requestsPerSecond,
        int connections) {
    /** The files of a certificate with its chain, and of its key. */
    public record Tls(Path certificate, Path key) {}

    /**
     * Who may ask.
     *
     * @param clockMs milliseconds since the epoch
     * @throws WeirConfigException when the file cannot be used
     */
    public AccessTokens accessTokens(LongSupplier clockMs) {
        return AccessTokens.of(tokens, tokensFile.orElse(null), clockMs);
    }
}
