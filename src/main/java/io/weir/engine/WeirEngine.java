package io.weir.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.EngineSettings;
import io.weir.config.HttpConfig;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.serde.StateCodec;
import io.weir.throttle.CaseIds;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine of a site: judges its share of the partitions until it is closed or fails. A failure is final; whoever started the engine
 * ends the process and lets its supervisor start it again, since what went wrong may have left anything behind.
 */
public final class WeirEngine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WeirEngine.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final WeirConfig config;
    private final RocksDbMemory memory;
    private final KafkaStreams streams;
    private final StreamsMeters meters;
    private final LocalPartitions partitions;
    private final Queries queries;
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** @param clockMs milliseconds since the epoch, for meters and for how often a line is logged; nothing judged depends on it */
    public WeirEngine(WeirConfig config, SiteSecret secret, MeterRegistry registry, LongSupplier clockMs) {
        this.config = config;
        HostInfo self = self(config);
        StateCodec codec = new StateCodec();
        this.memory = new RocksDbMemory(config.rocksdbBytes());
        EngineTopics topics = EngineTopics.of(config);
        StreamsMeters.restrict(registry);
        EngineMetrics metrics = new MicrometerMetrics(registry, clockMs);
        DeadLetters deadLetters = new DeadLetters(topics.deadLetters(), metrics, clockMs);
        Topology topology = new WeirTopology(new TopologyOptions(
                        topics,
                        new CaseIds(secret.bytes()),
                        codec,
                        new SenderCache(StreamsSettings.senderCacheBytes(config)),
                        metrics,
                        config.retentionByRecordTime(),
                        Sweep.Options.DEFAULT))
                .get();
        StreamsConfig settings = new StreamsConfig(StreamsSettings.of(config, self, deadLetters, memory));
        this.streams = new KafkaStreams(topology, settings);
        this.partitions = new LocalPartitions(
                streams,
                this::state,
                clockMs,
                config.processingGuarantee() == EngineSettings.ProcessingGuarantee.EXACTLY_ONCE);
        this.queries = new StreamsQueries(streams, self, codec, partitions);
        this.meters = StreamsMeters.bind(streams, registry);
        streams.setUncaughtExceptionHandler(this::failed);
        streams.setStateListener(this::moved);
    }

    /**
     * Checks the cluster and joins the group; returns before the engine is ready.
     *
     * @throws EngineException when it must not start, which leaves it closed
     */
    public void start() {
        try {
            partitions.inAll(Preflight.check(config));
            streams.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public EngineState state() {
        return failure.get() != null ? EngineState.FAILED : EngineState.of(streams.state());
    }

    /** Why the engine failed, in one line; empty while it has not. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /**
     * Waits until the engine judges.
     *
     * @return false when the time was over first, or the engine has ended
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (state() != EngineState.READY) {
                if (nanos <= 0 || ended.getCount() == 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the engine has been closed or has failed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** @return false when the time was over first */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Commits, hands its partitions to the other engines at once, and closes the stores; over after 30 s at most. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        meters.close();
        partitions.close();
        boolean stopped = streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (stopped) {
            memory.close();
        } else {
            // The stores may still be in use: their memory must not go before them.
            log.error("the engine did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        end();
    }

    /** May be asked at any time; while the engine is not ready it may say so. */
    public Queries queries() {
        return queries;
    }

    private StreamThreadExceptionResponse failed(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String reason = root.getClass().getSimpleName() + ": " + root.getMessage();
        if (failure.compareAndSet(null, reason)) {
            log.error("the engine stops: {}", reason, cause);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void moved(KafkaStreams.State now, KafkaStreams.State before) {
        log.debug("{} -> {}", before, now);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (now == KafkaStreams.State.ERROR) {
            failure.compareAndSet(null, "every stream thread has died");
            end();
        }
    }

    private void end() {
        ended.countDown();
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Where other engines find this one's HTTP port. */
    private static HostInfo self(WeirConfig config) {
        HttpConfig http = config.http();
        String bracketed = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
        return HostInfo.buildFromEndpoint(http.advertised().orElse(bracketed + ":" + http.port()));
    }
}
