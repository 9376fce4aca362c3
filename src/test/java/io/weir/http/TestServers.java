package io.weir.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.engine.EngineState;
import io.weir.engine.Queries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Ports of tests: on loopback, any free one, of one site. */
public final class TestServers {
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T21:00:00Z"), ZoneOffset.UTC);

    private static final SiteSecret SECRET = secret();

    private TestServers() {}

    /** Needs no token. */
    public static WeirServer open() {
        return listen(Map.of(), true);
    }

    /** @param open whether loopback needs no token, where the settings do not say */
    public static WeirServer listen(Map<String, String> settings, boolean open) {
        return listen(settings, open, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    static WeirServer listen(Map<String, String> settings, boolean open, PrometheusMeterRegistry registry) {
        return WeirServer.listen(options(settings, open), registry);
    }

    static WeirServer.Options options(Map<String, String> settings, boolean open) {
        Map<String, String> all = new HashMap<>(Map.of("http.port", "0"));
        all.putAll(settings);
        return WeirServer.Options.of(WeirConfig.of(all).http(), open, SECRET, CLOCK);
    }

    /** An engine that is ready, at the time of its events. */
    public static Served engine(Queries queries) {
        return engine(queries, new FakeOperators());
    }

    public static Served engine(Queries queries, FakeOperators operators) {
        return new Served(() -> EngineState.READY, queries, Moment.ofEvents(), operators, new FakeVerdicts());
    }

    public static SiteSecret secret() {
        try {
            Path file = Files.createTempFile("weir", ".secret");
            Files.writeString(file, "5a".repeat(32));
            SiteSecret secret = SiteSecret.read(file);
            Files.delete(file);
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
