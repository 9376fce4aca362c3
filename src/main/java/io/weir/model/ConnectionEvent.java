package io.weir.model;

import org.jspecify.annotations.Nullable;

/**
 * What one edge saw of one SMTP transaction or connection; may stand for many attempts of one sender and outcome.
 *
 * @param transaction false for a bare connection without a transaction, which is no volume
 * @param edgeSeq grows per edge; {@link #NO_SEQ} when the source keeps no sequence (then nothing is deduplicated)
 * @param clientAddress canonical text of the address that connected
 * @param sender the sender it counts for: the pool when the edge named one; apart from its other mail what a connector exempts
 * @param messages messages in this event, at least 0
 * @param recipients attempts in this event (RCPTs), at least 0
 * @param retries how many of {@code recipients} the edge remembers having deferred
 * @param wouldDefer how many of {@code recipients} a shadow verdict would have deferred
 * @param bytes message bytes, at least 0
 * @param nullSender MAIL FROM:&lt;&gt;
 * @param exemptBy what exempted the attempt from judgement, such as {@code connector:hq}
 * @param planned recipients a day that an operator has agreed to for the time being; 0 when nothing was announced
 * @param facts further facts, none of which the judgement depends on
 */
public record ConnectionEvent(
        boolean transaction,
        String edge,
        long edgeSeq,
        long occurredAtMs,
        String clientAddress,
        SenderKey sender,
        Outcome outcome,
        int messages,
        int recipients,
        int retries,
        int wouldDefer,
        long bytes,
        boolean nullSender,
        @Nullable String exemptBy,
        long planned,
        Facts facts)
        implements WeirEvent {
    public static final long NO_SEQ = -1;

    /** Most attempts one event may stand for; a hot client is summed up per second, so this is far above real use. */
    public static final int MAX_ATTEMPTS = 1_000_000;

    /** Most recipients a day that can be announced. */
    public static final long MAX_PLANNED = 1_000_000_000;

    /** One for whose sender nothing was announced. */
    public ConnectionEvent(
            boolean transaction,
            String edge,
            long edgeSeq,
            long occurredAtMs,
            String clientAddress,
            SenderKey sender,
            Outcome outcome,
            int messages,
            int recipients,
            int retries,
            int wouldDefer,
            long bytes,
            boolean nullSender,
            @Nullable String exemptBy,
            Facts facts) {
        this(
                transaction,
                edge,
                edgeSeq,
                occurredAtMs,
                clientAddress,
                sender,
                outcome,
                messages,
                recipients,
                retries,
                wouldDefer,
                bytes,
                nullSender,
                exemptBy,
                0,
                facts);
    }

    public ConnectionEvent {
        requireCount("messages", messages);
        requireCount("recipients", recipients);
        requireCount("retries", retries);
        requireCount("wouldDefer", wouldDefer);
        if (retries > recipients || wouldDefer > recipients) {
            throw new IllegalArgumentException("retries and wouldDefer are parts of recipients (" + recipients
                    + "), got " + retries + " and " + wouldDefer);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be at least 0, got " + bytes);
        }
        if (planned < 0 || planned > MAX_PLANNED) {
            throw new IllegalArgumentException("planned must be 0 to " + MAX_PLANNED + ", got " + planned);
        }
        if (occurredAtMs < 0) {
            throw new IllegalArgumentException("occurredAtMs must be at least 0, got " + occurredAtMs);
        }
        String connector = Connector.nameIn(exemptBy);
        sender = connector == null || connector.equals(sender.connector()) ? sender : sender.via(connector);
    }

    /** The same at another time. */
    public ConnectionEvent at(long timeMs) {
        return timeMs == occurredAtMs ? this : copy(timeMs, sender);
    }

    /** The same, counting for another sender. */
    public ConnectionEvent countedFor(SenderKey other) {
        return other.equals(sender) ? this : copy(occurredAtMs, other);
    }

    /** The same with an announced volume, recipients a day. */
    public ConnectionEvent withPlanned(long recipientsADay) {
        return recipientsADay == planned ? this : copy(occurredAtMs, sender, recipientsADay);
    }

    private ConnectionEvent copy(long timeMs, SenderKey countsFor) {
        return copy(timeMs, countsFor, planned);
    }

    private ConnectionEvent copy(long timeMs, SenderKey countsFor, long recipientsADay) {
        return new ConnectionEvent(
                transaction,
                edge,
                edgeSeq,
                timeMs,
                clientAddress,
                countsFor,
                outcome,
                messages,
                recipients,
                retries,
                wouldDefer,
                bytes,
                nullSender,
                exemptBy,
                recipientsADay,
                facts);
    }

    private static void requireCount(String name, int value) {
        if (value < 0 || value > MAX_ATTEMPTS) {
            throw new IllegalArgumentException(name + " must be 0 to " + MAX_ATTEMPTS + ", got " + value);
        }
    }

    /**
     * Facts kept for explanations. {@code helo}, {@code clientName} and {@code senderDomain} are personal data and
     * off by default.
     */
    public record Facts(
            @Nullable String connectorMiss,
            @Nullable String tlsProtocol,
            @Nullable String tlsSubject,
            @Nullable String caseId,
            @Nullable String helo,
            @Nullable String clientName,
            @Nullable String senderDomain) {
        public static final Facts NONE = new Facts(null, null, null, null, null, null, null);
    }
}
