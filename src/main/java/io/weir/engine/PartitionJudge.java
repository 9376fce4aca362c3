package io.weir.engine;

import io.weir.engine.EngineMetrics.PartitionMeters;
import io.weir.model.Amendment;
import io.weir.model.BrakeChange;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import io.weir.serde.MalformedRecordException;
import io.weir.serde.StateCodec;
import io.weir.serde.StateFormatException;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Controls;
import io.weir.throttle.Docket;
import io.weir.throttle.Docket.Finding;
import io.weir.throttle.Judgement;
import io.weir.throttle.Judgement.ClosedDay;
import io.weir.throttle.Judgement.OfNetwork;
import io.weir.throttle.NetworkState;
import io.weir.throttle.RulesException;
import io.weir.throttle.SenderState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Judges the events of one partition in their order: a {@link Docket} over the partition's stores.
 *
 * <p>Each event goes through: read, check, decide, write. Whatever is wrong with an event is found before the first write, since a store is not
 * rolled back when an event is refused. What is wrong with a store is not the event's fault and stops the engine.
 */
final class PartitionJudge {
    private final ProcessorContext<String, byte[]> context;
    private final StateCodec codec;
    private final EngineMetrics metrics;
    private final PartitionMeters meters;
    private final SenderStates senders;
    private final ControlStore controls;
    private final Docket docket;
    private final OpenVerdicts openVerdicts;
    private final Alarms alarms;
    private final Archive archive;
    private final Sweep sweep;
    private final FirstRecords firstRecords;
    private EventJson json;

    /** What is decided about an event, in the form in which it is written. */
    private record Decision(Finding finding, List<Change> changes) {}

    /**
     * What is decided about one sender or network.
     *
     * @param key in the stores
     * @param state the one or the other in its stored form; null when it stays as it is
     */
    private record Change(
            Bytes key,
            @Nullable SenderState sender,
            @Nullable NetworkState network,
            byte @Nullable [] state,
            @Nullable Verdict verdict,
            byte @Nullable [] verdictJson,
            List<ClosedDay> closedDays) {}

    /** The stores, as the judgement sees them. */
    private record States(SenderStates senders, ControlStore store) implements Docket.States {
        @Override
        public @Nullable SenderState sender(SenderKey sender) {
            return senders.get(Bytes.wrap(sender.bytes()));
        }

        @Override
        public @Nullable NetworkState network(NetworkKey network) {
            return senders.network(Bytes.wrap(network.bytes()));
        }

        @Override
        public Controls controls() {
            return store.controls();
        }
    }

    /** The stores are restored by now; what is kept on the heap is read from them. */
    PartitionJudge(ProcessorContext<String, byte[]> context, JudgeOptions options) {
        this.context = context;
        this.codec = options.codec();
        this.metrics = options.metrics();
        this.senders = new SenderStates(
                context.getStateStore(StoreNames.SENDERS), options.senders().partition(), codec);
        KeyValueStore<Bytes, byte[]> control = context.getStateStore(StoreNames.CONTROLS);
        this.controls = new ControlStore(control, codec);
        this.json = reader();
        this.docket = new Docket(options.throttle(), new States(senders, controls), MarkStore.marks(control));
        this.openVerdicts = new OpenVerdicts(context.getStateStore(StoreNames.OPEN_VERDICTS), docket.newestMs());
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
        Decision decision = decide(() -> decision(event));
        write(decision);
        docket.enter(event, decision.finding);
        count(event, decision.finding);
        long now = docket.newestMs();
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

    private Decision decision(WeirEvent event) {
        Finding finding = docket.hear(event);
        List<Change> changes = new ArrayList<>(1);
        if (finding instanceof Docket.Judged judged && event instanceof ConnectionEvent connection) {
            Judgement judgement = judged.judgement();
            changes.add(change(connection.sender(), judgement.sender(), judgement.verdict(), judgement.closedDays()));
            judgement.networks().forEach(network -> changes.add(change(network)));
        } else if (finding instanceof Docket.Amended found && event instanceof Amendment amendment) {
            changes.add(change(amendment.sender(), found.amended().sender(), null, List.of()));
            found.amended().networks().forEach(network -> changes.add(change(network)));
        }
        return new Decision(finding, changes);
    }

    private Change change(
            SenderKey sender, @Nullable SenderState state, @Nullable Verdict verdict, List<ClosedDay> closedDays) {
        return new Change(
                Bytes.wrap(sender.bytes()),
                state,
                null,
                state == null ? null : codec.write(state),
                verdict,
                verdict == null ? null : VerdictJson.write(verdict),
                closedDays);
    }

    private Change change(OfNetwork network) {
        Verdict verdict = network.verdict();
        return new Change(
                Bytes.wrap(network.network().bytes()),
                null,
                network.state(),
                codec.write(network.state()),
                verdict,
                verdict == null ? null : VerdictJson.write(verdict),
                network.closedDays());
    }

    private void write(Decision decision) {
        decision.changes.forEach(this::write);
        if (decision.finding instanceof Docket.Directed directed) {
            controls.put(directed.controls());
            json = reader();
        }
    }

    private void write(Change change) {
        if (change.sender != null && change.state != null) {
            senders.put(change.key, change.sender, change.state);
        } else if (change.network != null && change.state != null) {
            senders.put(change.key, change.network, change.state);
        }
        archive.closed(change.key, change.closedDays);
        Verdict verdict = change.verdict;
        if (verdict != null && change.verdictJson != null) {
            archive.published(change.key, change.verdictJson, verdict);
            boolean wasThrottled = openVerdicts.published(change.key, verdict);
            context.forward(new Record<>(verdict.client(), change.verdictJson, verdict.decidedAtMs()));
            metrics.verdict(verdict);
            if (verdict.alarms()) {
                alarms.published(verdict, wasThrottled);
            }
        }
    }

    private void count(WeirEvent event, Finding finding) {
        if (finding instanceof Docket.Dropped dropped) {
            switch (dropped) {
                case DENIED -> metrics.denied();
                case DUPLICATE -> metrics.duplicate();
            }
        } else if (event instanceof BrakeChange change) {
            alarms.brake(change);
        } else if (event instanceof ConnectionEvent connection) {
            if (connection.exemptBy() == null) {
                metrics.event(connection.outcome());
            } else {
                metrics.exempt();
            }
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
        } catch (KafkaException | MalformedRecordException | StateFormatException e) {
            throw e;
        } catch (RulesException e) {
            throw new RefusedEventException(DeadLetterReason.RULES, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            throw new RefusedEventException(DeadLetterReason.FAILED, "the judgement failed: " + e, e);
        }
    }

    private void publishTombstone(String client, long nowMs) {
        context.forward(new Record<>(client, (byte[]) null, nowMs));
    }
}
