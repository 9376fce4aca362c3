package io.weir.demo;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.VerdictListener;
import io.weir.edge.VerdictReader;
import io.weir.edge.VerdictTable;
import io.weir.engine.EngineState;
import io.weir.engine.WeirEngine;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.throttle.SenderView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The real topics and the real engine. */
final class KafkaStage implements Stage, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(Clients.TIMEOUT_MS);
    /** Longer than any step takes; a machine that needs more for the four weeks is too slow for a demo. */
    private static final Duration LONGEST_SETTLE = Duration.ofMinutes(5);

    private static final long WAIT_MS = 10;

    private final WeirConfig config;
    private final WeirEngine engine;
    private final StoreQuestions questions;
    private final LongSupplier elapsedNanos;
    private final Admin admin;
    private final ConnectionsWriter writer;
    private final VerdictReader reader;
    private final VerdictTable table = new VerdictTable();
    private final List<VerdictListener> listeners = new ArrayList<>();
    private final Map<TopicPartition, OffsetSpec> verdictEnds = new HashMap<>();

    KafkaStage(WeirConfig config, WeirEngine engine, LongSupplier elapsedNanos) {
        this.config = config;
        this.engine = engine;
        this.questions = new StoreQuestions(engine.queries());
        this.elapsedNanos = elapsedNanos;
        this.admin = Admin.create(Clients.settings(config));
        this.writer = new ConnectionsWriter(config);
        String topic = TopicName.VERDICTS.in(config.namespace());
        this.reader =
                new VerdictReader(Clients.settings(config), topic, VerdictReader.From.BEGINNING, TIMEOUT, this::took);
        for (int partition = 0; partition < config.brokerPartitions(); partition++) {
            verdictEnds.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
    }

    private void took(String client, @Nullable Verdict verdict) {
        if (table.take(client, verdict)) {
            listeners.forEach(listener -> listener.verdict(client, verdict));
        }
    }

    @Override
    public void publish(List<? extends WeirEvent> events) {
        events.forEach(writer::write);
    }

    @Override
    public void settle() {
        writer.flush();
        long begin = elapsedNanos.getAsLong();
        Map<Integer, Long> ends = writer.ends();
        while (!isJudged(ends) || !isCommitted()) {
            check(begin);
            Clients.pause(WAIT_MS);
        }
        if (!reader.readTo(offsets(IsolationLevel.READ_COMMITTED), TIMEOUT)) {
            throw new DemoException("the verdicts could not be read within " + TIMEOUT.toSeconds() + " s");
        }
    }

    private void check(long beginNanos) {
        if (engine.state() == EngineState.FAILED || engine.state() == EngineState.CLOSED) {
            throw new DemoException("the engine stopped: " + engine.failure().orElse("it was closed"));
        }
        if (elapsedNanos.getAsLong() - beginNanos > LONGEST_SETTLE.toNanos()) {
            throw new DemoException("the engine did not judge what it got within " + LONGEST_SETTLE.toMinutes()
                    + " min; this machine is too slow or too busy");
        }
    }

    /** Whether the engine's committed offsets cover what was written. */
    private boolean isJudged(Map<Integer, Long> ends) {
        Map<TopicPartition, OffsetAndMetadata> committed = Clients.await(
                admin.listConsumerGroupOffsets(config.applicationId()).partitionsToOffsetAndMetadata());
        String topic = TopicName.CONNECTIONS.in(config.namespace());
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata done = committed.get(new TopicPartition(topic, end.getKey()));
            return done != null && done.offset() >= end.getValue();
        });
    }

    /** A transaction's markers reach the group's offsets and the verdicts one after the other: wait until none is open. */
    private boolean isCommitted() {
        return offsets(IsolationLevel.READ_COMMITTED).equals(offsets(IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<TopicPartition, Long> offsets(IsolationLevel isolation) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                Clients.await(admin.listOffsets(verdictEnds, new ListOffsetsOptions(isolation))
                        .all());
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    @Override
    public VerdictTable verdicts() {
        return table;
    }

    @Override
    public void onVerdict(VerdictListener listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<SenderView> ask(SenderKey sender, long atMs) {
        return questions.view(sender, atMs);
    }

    @Override
    public long attempts(SenderKey sender, long fromMs, long toMs) {
        return questions.attempts(sender, fromMs, toMs);
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
        admin.close(TIMEOUT);
    }
}
