package io.weir.edge;

import io.weir.edge.policy.PolicyAttribute;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.edge.policy.PolicyService;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Networks;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Answer;
import io.weir.throttle.Attempt;
import io.weir.throttle.EdgeDecision;
import io.weir.throttle.EnvelopeMemory;
import io.weir.throttle.Knowledge;
import io.weir.throttle.Proof;
import io.weir.throttle.Reason;
import io.weir.throttle.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an MTA is answered, and what becomes an event. One decision for a transaction, at its first recipient; every recipient is an attempt. A
 * deferred recipient is an event at once; what passed becomes one when the message is accepted, or when it no longer can be.
 */
final class EdgeService implements PolicyService {
    /** Begins what no MTA begins an instance with. */
    private static final String NO_INSTANCE = "\n";
    /** The context of an MTA that opens a connection for each question. */
    private static final String PER_QUESTION = "connection-per-question";

    private static final int MOST_ENVELOPES = 200_000;
    /** Senders give a message up after about 5 days. */
    private static final long ENVELOPE_LIFE_MS = 5 * 86_400_000L;

    private final EdgeEvents made;
    private final Networks ownNetworks;
    private final Knowledge knowledge;
    private final AdmitRule admitRule;
    private final ReplyTemplate reply;
    private final Brake brake;
    private final EdgeMeters meters;
    private final LongConsumer seen;
    private final Consumer<ConnectionEvent> events;
    private final LongSupplier clock;
    private final AtomicLong withoutInstance = new AtomicLong();
    private final Transactions transactions = new Transactions();
    /** Connections that an MTA told of and that have asked for no recipient yet, by policy connection: bounded as these are. */
    private final Map<Object, ClientAddress> bare = new ConcurrentHashMap<>();

    private final RoleAddresses roles = new RoleAddresses();
    private final EnvelopeMemory memory = new EnvelopeMemory(MOST_ENVELOPES, ENVELOPE_LIFE_MS);
    private final AcceptedMail accepted = new AcceptedMail();
    private final CountDownLatch asked = new CountDownLatch(1);
    /** Spares every other answer the latch; a thread that sees it late counts down once more, which is nothing. */
    private boolean isAsked;

    /**
     * @param edge this edge's name
     * @param ownNetworks never touched
     * @param siteSecret the same at all edges
     * @param seen takes the time of each transaction of others; must not wait
     */
    record Parts(
            String edge,
            Networks ownNetworks,
            Knowledge knowledge,
            byte[] siteSecret,
            ReplyTemplate reply,
            Brake brake,
            EdgeMeters meters,
            LongConsumer seen) {}

    /**
     * @param events takes each event, with no number yet; must not wait
     * @param clock the time of day, milliseconds since the epoch
     */
    EdgeService(Parts parts, Consumer<ConnectionEvent> events, LongSupplier clock) {
        this.made = new EdgeEvents(parts.edge());
        this.ownNetworks = parts.ownNetworks();
        this.knowledge = parts.knowledge();
        this.admitRule = new AdmitRule(parts.siteSecret());
        this.reply = parts.reply();
        this.brake = parts.brake();
        this.meters = parts.meters();
        this.seen = parts.seen();
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String answer(PolicyQuestion request, Object connection) {
        String answer = switch (request.state()) {
            case RCPT -> recipient(request, connection);
            case END_OF_MESSAGE -> endOfMessage(request);
            case CONNECT -> connected(request, connection);
            case HELO, MAIL, DATA, OTHER -> DUNNO;
        };
        if (!isAsked) {
            isAsked = true;
            asked.countDown();
        }
        return answer;
    }

    /** Waits for the first answer; false when there was none in this time. */
    boolean awaitQuestion(Duration most) throws InterruptedException {
        return asked.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An MTA that asks at the connection shows those that come to nothing, too. */
    private String connected(PolicyQuestion request, Object connection) {
        ClientAddress client = client(request);
        boolean isOthers = client != null && !isOurs(client, request);
        ClientAddress before =
                isOthers ? bare.put(connection, Objects.requireNonNull(client)) : bare.remove(connection);
        cameToNothing(before);
        return DUNNO;
    }

    private void cameToNothing(@Nullable ClientAddress client) {
        if (client != null) {
            events.accept(made.bare(client, clock.getAsLong()));
        }
    }

    private String recipient(PolicyQuestion request, Object connection) {
        ClientAddress client = client(request);
        if (client == null || isOurs(client, request)) {
            return DUNNO;
        }
        var unused = bare.remove(connection);
        long now = clock.getAsLong();
        boolean nullSender = !request.has(PolicyAttribute.SENDER);
        Transactions.Turn turn = transactions.of(
                instance(request), session(request, connection), () -> new Transaction(client, nullSender));
        turn.ended().forEach(ended -> over(ended, now));
        Transaction transaction = turn.transaction();
        synchronized (transaction) {
            transaction.seen(now);
            boolean role =
                    RoleAddresses.isRole(request.text(PolicyAttribute.RECIPIENT)) && roles.use(client.sender(), now);
            Answer answer = role ? null : transaction.answer();
            return reply(
                    transaction,
                    answer == null ? decide(transaction, request, role, now) : further(answer, client, now),
                    now);
        }
    }

    /** The MTA may not know the address itself ("unknown"); then there is nothing to judge by. */
    private @Nullable ClientAddress client(PolicyQuestion request) {
        try {
            return knowledge.senders().client(request.text(PolicyAttribute.CLIENT_ADDRESS));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isOurs(ClientAddress client, PolicyQuestion request) {
        return EdgeDecision.isOurs(client, request.has(PolicyAttribute.SASL_USERNAME), ownNetworks);
    }

    /** What lasts as long as the SMTP session; null when the connection is over with its answer. */
    private static @Nullable Object session(PolicyQuestion request, Object connection) {
        return request.text(PolicyAttribute.POLICY_CONTEXT).equals(PER_QUESTION) ? null : connection;
    }

    /** An MTA without such an id has each recipient decided for itself: what belongs together cannot be told. */
    private String instance(PolicyQuestion request) {
        String instance = request.text(PolicyAttribute.INSTANCE);
        return instance.isEmpty() ? NO_INSTANCE + withoutInstance.incrementAndGet() : instance;
    }

    /** For this recipient and those to come; but what is said of a role address is said of no other. */
    private Answer decide(Transaction transaction, PolicyQuestion request, boolean role, long now) {
        seen.accept(now);
        long envelope = admitRule.envelope(
                transaction.client().sender(),
                request.text(PolicyAttribute.SENDER),
                request.text(PolicyAttribute.RECIPIENT));
        Proof proof = PolicyProof.of(transaction.client(), request);
        transaction.proven(
                proof,
                request.text(PolicyAttribute.ENCRYPTION_PROTOCOL),
                knowledge.connectors().trace(proof));
        SenderKey sender = transaction.client().sender();
        Waiting waiting;
        int floorUsed;
        synchronized (memory) {
            waiting = memory.waiting(sender, envelope, now);
            floorUsed = memory.floorUsed(sender, now);
        }
        Attempt attempt =
                new Attempt(sender, false, role, transaction.nullSender(), envelope, proof, waiting, floorUsed);
        Answer answer = EdgeDecision.decide(attempt, knowledge, now);
        meters.decided(answer);
        if (answer instanceof Answer.Role) {
            return answer;
        }
        brake.decided(
                isEstablished(answer), answer instanceof Answer.Throttled || answer instanceof Answer.Braked, now);
        synchronized (memory) {
            memory.answered(sender, envelope, answer, now);
        }
        transaction.decided(answer, waiting != null, EdgeDecision.planned(attempt, knowledge, now));
        return answer;
    }

    /** For a further recipient of a transaction that was decided: a floor holds so many recipients, not transactions. */
    private Answer further(Answer answer, ClientAddress client, long now) {
        if (!(answer instanceof Answer.WithinFloor within)) {
            return answer;
        }
        synchronized (memory) {
            if (memory.floorUsed(client.sender(), now) < within.verdict().floor()) {
                memory.useFloor(client.sender(), now);
                return within;
            }
        }
        return EdgeDecision.beyondFloor(within, knowledge);
    }

    /**
     * Whether it counts among the established senders. An edge cannot tell them from others on whom there is no verdict, so these count; who passes
     * because an operator said so, or could not have passed, does not.
     */
    private static boolean isEstablished(Answer answer) {
        Verdict verdict = verdict(answer);
        return verdict == null ? answer instanceof Answer.Unthrottled : !Reason.isOfNewcomers(verdict.reason());
    }

    /** The verdict that an answer comes from; null when it comes from none. */
    private static @Nullable Verdict verdict(Answer answer) {
        if (answer instanceof Answer.Throttled throttled) {
            return throttled.verdict();
        } else if (answer instanceof Answer.WithinShare within) {
            return within.verdict();
        } else if (answer instanceof Answer.WithinFloor within) {
            return within.verdict();
        } else if (answer instanceof Answer.WouldDefer would) {
            return would.verdict();
        }
        return answer instanceof Answer.Braked braked ? braked.verdict() : null;
    }

    private String reply(Transaction transaction, Answer answer, long now) {
        if (answer.defers()) {
            events.accept(made.of(transaction, Outcome.DEFERRED, 1, 0, now));
        } else if (answer instanceof Answer.Refused) {
            events.accept(made.of(transaction, Outcome.REJECTED, 1, 0, now));
        } else {
            transaction.admit(now);
        }
        String action = reply.action(transaction.client(), answer);
        return action.isEmpty() ? DUNNO : action;
    }

    /** The MTA has the whole message and takes it, unless a later check of its own says otherwise. */
    private String endOfMessage(PolicyQuestion request) {
        accepted.told();
        Transaction transaction = transactions.finish(instance(request));
        if (transaction != null) {
            synchronized (transaction) {
                int recipients = (int) Math.min(
                        ConnectionEvent.MAX_ATTEMPTS,
                        Math.max(transaction.admitted(), request.number(PolicyAttribute.RECIPIENT_COUNT)));
                events.accept(made.of(
                        transaction,
                        Outcome.ADMITTED,
                        recipients,
                        request.number(PolicyAttribute.SIZE),
                        clock.getAsLong()));
            }
        }
        return DUNNO;
    }

    @Override
    public void closed(Object connection) {
        cameToNothing(bare.remove(connection));
        transactions.closed(connection).forEach(ended -> over(ended, clock.getAsLong()));
    }

    /** To be called now and then: ends what nobody else ends. */
    void sweep() {
        long now = clock.getAsLong();
        List<Transaction> silent = transactions.silentAt(now);
        silent.forEach(ended -> over(ended, now));
    }

    /** It ended without an accepted message. */
    private void over(Transaction transaction, long now) {
        synchronized (transaction) {
            if (transaction.admitted() > 0) {
                accepted.untold();
                Outcome outcome = accepted.isTold() ? Outcome.ABANDONED : Outcome.UNKNOWN;
                events.accept(made.of(transaction, outcome, transaction.admitted(), 0, now));
            }
        }
    }

    int underWay() {
        return transactions.size();
    }

    /** What the MTA tells of accepted messages. */
    AcceptedMail accepted() {
        return accepted;
    }
}
