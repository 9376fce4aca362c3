package io.weir.engine;

import io.weir.engine.EngineMetrics.PartitionMeters;
import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import io.weir.serde.MalformedRecordException;
import io.weir.serde.StateCodec;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Judgement;
import io.weir.throttle.NetworkState;
import io.weir.throttle.RulesException;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of one partition in their order.
 *
 * <p>Each event goes through: read, check, decide, write. Whatever is wrong with an event is found before the first write, since a store is not
 * rolled back when an event is refused. What is wrong with a store is not the event's fault and stops the engine.
 */
final class PartitionJudge {
    private final ProcessorContext<String, byte[]> context;
    private final Throttle throttle;
    private final StateCodec codec;
    private final EngineMetrics metrics;
    private final PartitionMeters meters;
    private final SenderStates senders;
    private final ControlStore controls;
    private final EdgeMarks marks;
    private final OpenVerdicts openVerdicts;
    private final Alarms alarms;
    private final Archive archive;
    private final Sweep sweep;
    private final FirstRecords firstRecords;
    private EventJson json;

    /** What is decided about an event and not yet written. */
    private record Decision(
            Judgement judgement, byte @Nullable [] sender, byte @Nullable [] network, byte @Nullable [] verdictJson) {}

    /** The stores are restored by now; what is kept on the heap is read from them. */
    PartitionJudge(ProcessorContext<String, byte[]> context, JudgeOptions options) {
        this.context = context;
        this.throttle = options.throttle();
        this.codec = options.codec();
        this.metrics = options.metrics();
        this.senders = new SenderStates(
                context.getStateStore(StoreNames.SENDERS), options.senders().partition(), codec);
        KeyValueStore<Bytes, byte[]> control = context.getStateStore(StoreNames.CONTROLS);
        this.controls = new ControlStore(control, codec);
        this.json = reader();
        this.marks = new EdgeMarks(control);
        this.openVerdicts = new OpenVerdicts(context.getStateStore(StoreNames.OPEN_VERDICTS), marks.newestMs());
        this.alarms = new Alarms(metrics);
        this.archive = new Archive(
                context.getStateStore(StoreNames.TRAFFIC), context.getStateStore(StoreNames.VERDICT_HISTORY), codec);
        this.sweep =
                new Sweep(options.sweep(), senders, openVerdicts, controls, archive, codec, this::publishTombstone);
        this.firstRecords = new FirstRecords(context);
        this.meters = metrics.partition(context.taskId().toString());
    }

    void close() {
        senders.close();
        meters.close();
    }

    void take(Record<byte[], byte[]> record) {
        WeirEvent event = read(record.value());
        Refusals.check(event, record.key(), record.timestamp());
        firstRecords.write(event.occurredAtMs());
        if (event instanceof ConnectionEvent connection) {
            connection(connection);
        } else if (event instanceof Amendment amendment) {
            amendment(amendment);
        } else if (event instanceof RulesChange change) {
            rules(change);
        } else if (event instanceof Gap gap) {
            controls.put(controls.controls().with(gap));
        } else if (event instanceof BrakeChange change) {
            brake(change);
        }
        long now = marks.newestMs();
        context.recordMetadata().ifPresent(at -> {
            int swept = sweep.after(at.offset(), now);
            if (swept > 0) {
                metrics.swept(swept);
            }
        });
        meters.newest(now);
        meters.throttled(openVerdicts.throttledAt(now));
        meters.alarming(openVerdicts.alarmingAt(now));
    }

    private WeirEvent read(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedEventException("a record must have a value");
        }
        return decide(() -> json.read(value));
    }

    private void connection(ConnectionEvent event) {
        if (isDropped(event.edge(), event.edgeSeq())) {
            return;
        }
        if (Throttle.counts(event)) {
            judge(event);
        }
        marks.advance(event.edge(), event.edgeSeq(), event.occurredAtMs());
        if (event.exemptBy() == null) {
            metrics.event(event.outcome());
        } else {
            metrics.exempt();
        }
    }

    private boolean isDropped(String edge, long edgeSeq) {
        if (controls.controls().rules().deniedEdges().contains(edge)) {
            metrics.denied();
            return true;
        }
        if (marks.isDuplicate(edge, edgeSeq)) {
            metrics.duplicate();
            return true;
        }
        return false;
    }

    private void judge(ConnectionEvent event) {
        Bytes key = Bytes.wrap(event.sender().bytes());
        SenderState before = senders.get(key);
        Decision decision = decide(() -> {
            Judgement judged = throttle.step(before, () -> senders.network(event.sender()), event, controls.controls());
            SenderState sender = judged.sender();
            NetworkState network = judged.network();
            Verdict verdict = judged.verdict();
            return new Decision(
                    judged,
                    sender == null ? null : codec.write(sender),
                    network == null ? null : codec.write(network),
                    verdict == null ? null : VerdictJson.write(verdict));
        });
        write(key, event.sender(), decision);
    }

    private void write(Bytes key, SenderKey sender, Decision decision) {
        SenderState state = decision.judgement.sender();
        if (state != null && decision.sender != null) {
            senders.put(key, state, decision.sender);
        }
        if (decision.network != null) {
            senders.putNetwork(sender, decision.network);
        }
        archive.closed(key, decision.judgement.closedDays());
        Verdict verdict = decision.judgement.verdict();
        if (verdict != null && decision.verdictJson != null) {
            archive.published(key, decision.verdictJson, verdict.seq());
            boolean wasThrottled = openVerdicts.published(key, verdict);
            context.forward(new Record<>(verdict.client(), decision.verdictJson, verdict.decidedAtMs()));
            metrics.verdict(verdict);
            if (verdict.alarms()) {
                alarms.published(verdict, wasThrottled);
            }
        }
    }

    private void amendment(Amendment amendment) {
        if (isDropped(amendment.edge(), amendment.edgeSeq())) {
            return;
        }
        Bytes key = Bytes.wrap(amendment.sender().bytes());
        SenderState before = senders.get(key);
        if (before != null) {
            amend(key, before, amendment);
        }
        marks.advance(amendment.edge(), amendment.edgeSeq(), amendment.occurredAtMs());
    }

    private void amend(Bytes key, SenderState before, Amendment amendment) {
        SenderState after = decide(() -> {
            SenderState amended = throttle.amend(before, amendment, controls.controls());
            return amended == null ? before : amended;
        });
        senders.put(key, after, decide(() -> codec.write(after)));
    }

    private void brake(BrakeChange change) {
        if (isDropped(change.edge(), change.edgeSeq())) {
            return;
        }
        alarms.brake(change);
        marks.advance(change.edge(), change.edgeSeq(), change.occurredAtMs());
    }

    private void rules(RulesChange change) {
        try {
            controls.put(controls.controls().with(change));
            json = reader();
        } catch (RulesException e) {
            throw new RefusedEventException(DeadLetterReason.RULES, String.valueOf(e.getMessage()), e);
        }
    }

    /** The rules say how many bits of an IPv6 address make a sender. */
    private EventJson reader() {
        return new EventJson(controls.controls().rules().ipv6Prefix());
    }

    /** An event that the judgement cannot bear must not stop the engine for all others; a store that fails must. */
    private static <T> T decide(Supplier<T> decision) {
        try {
            return decision.get();
        } catch (KafkaException | MalformedRecordException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RefusedEventException(DeadLetterReason.FAILED, "the judgement failed: " + e, e);
        }
    }

    private void publishTombstone(String client, long nowMs) {
        context.forward(new Record<>(client, (byte[]) null, nowMs));
    }
}
