package io.weir.demo;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import io.weir.throttle.AdmitRule;
import java.time.Duration;
import java.util.Map;

/**
 * A broker, an engine and a made-up site in one process. {@link #start} makes a fresh namespace and starts both; {@link #run} plays. Until
 * {@link #close()} the broker and the engine go on, so that one can look at what the demo left.
 */
public final class Demo implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final DemoOptions options;
    private final long beginNanos;
    private final Lines lines;
    private final EmbeddedBroker broker;
    private final WeirConfig config;
    private final SiteSecret secret;
    private final EngineStarter.Running running;

    private Demo(DemoOptions options, long beginNanos, Lines lines, EmbeddedBroker broker) {
        this.options = options;
        this.beginNanos = beginNanos;
        this.lines = lines;
        this.broker = broker;
        this.config = options.engineConfig(
                broker.bootstrapServers(), broker.port(), broker.options().controllerPort());
        Programme.broker(lines, config, broker.bootstrapServers());
        new FreshNamespace(config).make();
        Programme.topics(lines, config);
        this.secret = SiteSecret.read(config.siteSecretFile());
        this.running = options.engine().start(config, secret);
    }

    /**
     * Starts a broker and an engine; returns when the engine judges.
     *
     * @throws RuntimeException with one line for the person in front of it: a port or the directory is in use, the engine does not start
     */
    public static Demo start(DemoOptions options) {
        long beginNanos = options.elapsedNanos().getAsLong();
        Lines lines = new Lines(options.out());
        Programme.opening(lines);
        WeirConfig asked = options.config();
        EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBroker.Options(
                asked.dataDirectory(), asked.brokerPort(), asked.brokerControllerPort(), Map.of()));
        try {
            Demo demo = new Demo(options, beginNanos, lines, broker);
            demo.awaitEngine();
            return demo;
        } catch (Throwable t) {
            broker.close();
            throw t;
        }
    }

    private void awaitEngine() {
        try {
            if (!engine().awaitReady(LONGEST_START)) {
                String why = engine().failure().orElse("it was not ready within " + LONGEST_START.toSeconds() + " s");
                running.close();
                throw new DemoException("the engine did not start: " + why);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.close();
            throw new DemoException("the demo was interrupted", e);
        }
        Programme.engine(lines, config, elapsed());
    }

    /** Plays from the first Monday to the last Friday, telling what happens. */
    public DemoResult run() {
        DemoCalendar calendar = DemoCalendar.endingBefore(options.clockMs().getAsLong());
        try (KafkaStage stage = new KafkaStage(config, engine(), options.elapsedNanos())) {
            Play play =
                    new Play(calendar, stage, lines, new AdmitRule(secret.bytes()), options.elapsedNanos(), beginNanos);
            DemoResult result = play.run();
            Programme.closing(lines, config, options.keep());
            return result;
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(options.elapsedNanos().getAsLong() - beginNanos);
    }

    /** The engine, for those who want to ask it afterwards. */
    public WeirEngine engine() {
        return running.engine();
    }

    /** The configuration in force, ports filled in. */
    public WeirConfig config() {
        return config;
    }

    @Override
    public void close() {
        running.close();
        broker.close();
    }
}
