package io.weir.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every meter of ours. None is tagged by address, sender or network: there are millions of those, and they are personal data.
 */
public enum MetricName {
    EVENTS(
            "weir.events",
            Type.COUNTER,
            "events",
            "outcome",
            "Connection events judged, by what became of the attempt: admitted, deferred, rejected, abandoned or unknown."),
    VERDICTS(
            "weir.verdicts",
            Type.COUNTER,
            "verdicts",
            "reason,action",
            "Verdicts published, by reason and by action: throttle or allow."),
    DECISION_LATENCY(
            "weir.decision.latency",
            Type.TIMER,
            "seconds",
            "",
            "From the time of the deciding event to its verdict being handed over for publication; without meaning while the past"
                    + " is replayed."),
    DEAD_LETTERS(
            "weir.dead.letters",
            Type.COUNTER,
            "records",
            "reason",
            "Records that do not count and were put into smtp-connections-dlq, by reason: malformed, misplaced (a key that is not"
                    + " the sender's network), future (newer than the record's timestamp), rules (refused ones) or failed. Any at"
                    + " all means that something writes what the engine cannot take."),
    BRAKES(
            "weir.brakes",
            Type.COUNTER,
            "edges",
            "action",
            "Edges that told of their brake: it went on, so that everything passes there, or off, since an operator released it."),
    ALARMS(
            "weir.alarms",
            Type.COUNTER,
            "alarms",
            "reason",
            "Alarms about clients that a connector trusts: they began to send far above their usual. Their mail passes, so that only a"
                    + " person can look whether a relay is in the wrong hands."),
    ALARMING(
            "weir.alarming.senders",
            Type.GAUGE,
            "senders",
            "",
            "Clients trusted by a connector that are above their usual now, in this instance's partitions."),
    THROTTLED_SENDERS(
            "weir.throttled.senders",
            Type.GAUGE,
            "senders",
            "",
            "Senders and networks with a throttle in force in this instance's partitions, shadow verdicts included, alarms not."),
    EVENT_TIME_LAG(
            "weir.event.time.lag",
            Type.GAUGE,
            "seconds",
            "",
            "How far the newest judged event lies in the past. Grows when the engine falls behind, and when no mail comes."),
    DUPLICATES(
            "weir.duplicates",
            Type.COUNTER,
            "events",
            "",
            "Events dropped because their edge had sent them before; expected after an edge restarts."),
    DENIED_EVENTS(
            "weir.denied.events", Type.COUNTER, "events", "", "Events dropped because the rules deny their edge."),
    EXEMPT_EVENTS(
            "weir.exempt.events",
            Type.COUNTER,
            "events",
            "",
            "Events that no throttle can come of: of private addresses, which are not judged, and of clients that a connector trusts, which"
                    + " are judged apart and only alarm."),
    SWEEP_DELETED(
            "weir.sweep.deleted",
            Type.COUNTER,
            "senders",
            "",
            "Records of senders deleted because nothing in them counts any more."),
    POLICY_REQUESTS("weir.policy.requests", Type.COUNTER, "requests", "", "Policy requests answered by this edge."),
    POLICY_MALFORMED(
            "weir.policy.malformed",
            Type.COUNTER,
            "requests",
            "",
            "Policy requests that were not understood and answered DUNNO; one that exceeds 32 KiB ends its connection."),
    POLICY_REFUSED(
            "weir.policy.refused",
            Type.COUNTER,
            "connections",
            "",
            "Policy connections closed at once because there were as many as allowed; the MTA lets mail pass."),
    POLICY_IDLE(
            "weir.policy.idle",
            Type.COUNTER,
            "connections",
            "",
            "Policy connections closed because nothing was asked for 1000 s; the MTA opens another when it needs one."),
    POLICY_FAILED(
            "weir.policy.failed",
            Type.COUNTER,
            "requests",
            "",
            "Decisions that failed and were answered DUNNO; any at all is a defect."),
    POLICY_CONNECTIONS("weir.policy.connections", Type.GAUGE, "connections", "", "Policy connections open now."),
    MILTER_QUESTIONS(
            "weir.milter.questions",
            Type.COUNTER,
            "questions",
            "",
            "Recipients and ends of messages that were asked about by the milter protocol."),
    MILTER_MALFORMED(
            "weir.milter.malformed",
            Type.COUNTER,
            "connections",
            "",
            "Milter connections closed because what came was not the protocol, or a packet above 64 KiB; the MTA lets mail pass."),
    MILTER_REFUSED(
            "weir.milter.refused",
            Type.COUNTER,
            "connections",
            "",
            "Milter connections closed at once because there were as many as allowed; the MTA lets mail pass."),
    MILTER_IDLE(
            "weir.milter.idle",
            Type.COUNTER,
            "connections",
            "",
            "Milter connections closed because nothing came for two hours; their sessions go on unasked."),
    MILTER_FAILED(
            "weir.milter.failed",
            Type.COUNTER,
            "questions",
            "",
            "Decisions for the milter protocol that failed, so that mail passed; any at all is a defect."),
    MILTER_CONNECTIONS("weir.milter.connections", Type.GAUGE, "connections", "", "Milter connections open now."),
    EDGE_DECISIONS(
            "weir.edge.decisions",
            Type.COUNTER,
            "transactions",
            "answer",
            "SMTP transactions decided, by answer: unthrottled, within-share, throttled, would-defer (a shadow verdict), allowed and"
                    + " overridden (an override), trusted, refused and tls-wanted (a connector), role (postmaster@ and abuse@), braked (would"
                    + " have been deferred, but the brake is on)."),
    EDGE_OPEN(
            "weir.edge.open",
            Type.GAUGE,
            "",
            "",
            "1 while this edge cannot enforce because it does not know the verdicts: mail flows unlimited. 0 otherwise."),
    EDGE_STATE(
            "weir.edge.state",
            Type.GAUGE,
            "",
            "state",
            "1 for the state that this edge is in, 0 for the others: enforcing (knows every verdict), catching-up (reads what it"
                    + " missed), stale (cut off, acts on what it knew until that expires) or open (knows of no verdict in force)."),
    EDGE_BLIND(
            "weir.edge.blind",
            Type.GAUGE,
            "",
            "",
            "1 while messages end and the mail server has told of none that it accepted: its second check is missing, and no sender"
                    + " earns a record. 0 otherwise."),
    EDGE_BRAKED(
            "weir.edge.braked",
            Type.GAUGE,
            "",
            "",
            "1 while the brake lets everything pass until an operator releases it."),
    EDGE_VERDICTS("weir.edge.verdicts", Type.GAUGE, "clients", "", "Clients with a verdict in this edge's table."),
    EDGE_TRANSACTIONS(
            "weir.edge.transactions",
            Type.GAUGE,
            "transactions",
            "",
            "SMTP transactions under way, as far as this edge knows."),
    EDGE_GAPS(
            "weir.edge.gaps",
            Type.COUNTER,
            "gaps",
            "",
            "Gaps that this edge has told the engine of: it was away, or no mail came for over 15 minutes of hours that are usually busy."),
    EVENTS_WRITTEN(
            "weir.edge.events.written",
            Type.COUNTER,
            "events",
            "",
            "Connection events that Kafka has taken from this edge."),
    EVENTS_WAITING(
            "weir.edge.events.waiting", Type.GAUGE, "events", "", "Connection events that wait on disk for Kafka."),
    EVENTS_UNKEPT(
            "weir.edge.events.unkept",
            Type.GAUGE,
            "",
            "",
            "1 while this edge cannot keep events, since its spool cannot be opened or written: what happens is not learnt. 0 otherwise."),
    EVENTS_DROPPED(
            "weir.edge.events.dropped",
            Type.COUNTER,
            "events",
            "reason",
            "Connection events lost, by reason: full (more waited than edge.spool.bytes holds: the oldest went), refused (Kafka will"
                    + " not take it, such as for its clock) or failed (it could not be kept).");

    /** What kind of meter it is. */
    public enum Type {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final String id;
    private final Type type;
    private final String unit;
    /** With commas between: an enum holds nothing that could change. */
    private final String tags;

    private final String meaning;

    MetricName(String id, Type type, String unit, String tags, String meaning) {
        this.id = id;
        this.type = type;
        this.unit = unit;
        this.tags = tags;
        this.meaning = meaning;
    }

    /** The name for Micrometer. */
    public String id() {
        return id;
    }

    /** Whether an edge has it; an engine otherwise. */
    public boolean isOfEdge() {
        return id.startsWith("weir.edge.") || id.startsWith("weir.policy.") || id.startsWith("weir.milter.");
    }

    public Type type() {
        return type;
    }

    public String unit() {
        return unit;
    }

    /** The unit that becomes part of the exported name; what is merely counted is named in {@link #id()} already. */
    public Optional<String> baseUnit() {
        return "seconds".equals(unit) ? Optional.of(unit) : Optional.empty();
    }

    public List<String> tagNames() {
        return tags.isEmpty() ? List.of() : List.of(tags.split(","));
    }

    public String meaning() {
        return meaning;
    }

    /**
     * Names and values alternating, as Micrometer takes them.
     *
     * @param values one for each of {@link #tagNames()}, in that order
     */
    public String[] tags(String... values) {
        List<String> names = tagNames();
        if (values.length != names.size()) {
            throw new IllegalArgumentException(id + " has the tags " + names + ", got " + Arrays.toString(values));
        }
        String[] alternating = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            alternating[2 * i] = names.get(i);
            alternating[2 * i + 1] = values[i];
        }
        return alternating;
    }

    /** The name on {@code /metrics}; a timer has {@code _count}, {@code _sum} and {@code _max} behind it. */
    public String prometheusName() {
        String name = id.replace('.', '_');
        return switch (type) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            case GAUGE -> baseUnit().map(base -> name + "_" + base).orElse(name);
        };
    }

    /** A Markdown document with one table: {@code deploy/metrics.md}. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(4 * 1024);
        text.append(
                "# Metrics\n\nOur own meters, at `/metrics` on the HTTP port. A timer has `_count`, `_sum` and `_max`. Nothing is"
                        + " tagged by address.\n\n");
        text.append("| metric | type | unit | tags | meaning |\n|---|---|---|---|---|\n");
        for (MetricName metric : values()) {
            text.append("| `").append(metric.prometheusName()).append("` | ");
            text.append(metric.type.name().toLowerCase(Locale.ROOT)).append(" | ");
            text.append(metric.unit.isEmpty() ? "none" : metric.unit).append(" | ");
            text.append(metric.tags.isEmpty() ? "none" : "`" + String.join("`, `", metric.tagNames()) + "`");
            text.append(" | ").append(metric.meaning).append(" |\n");
        }
        return text.toString();
    }
}
