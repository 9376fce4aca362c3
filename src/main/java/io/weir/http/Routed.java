package io.weir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.engine.EngineAddress;
import io.weir.engine.Queries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Answers a question, wherever it is put: itself, when this engine judges what is asked about; otherwise by the engine that does, or else from a
 * copy. One hop at most: what another engine sent here is answered from what is here.
 *
 * <pre>
 * asked --> judged here? --yes--> answer
 *             | no
 *             v
 *           the engine that judges --answers--> its answer
 *             | away
 *             v
 *           a copy here --> a copy elsewhere --> 503, Retry-After
 * </pre>
 */
final class Routed implements Handler {
    private static final Duration PER_ENGINE = Duration.ofMillis(1_500);
    private static final long MOST_NANOS = Duration.ofSeconds(4).toNanos();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Engine engine;
    private final Peers peers;
    private final Semaphore hops;
    private final Question question;

    /** @param hops leaves threads to those questions that can be answered here: two engines must not wait for each other with all they have */
    Routed(Engine engine, Peers peers, Semaphore hops, Question question) {
        this.engine = engine;
        this.peers = peers;
        this.hops = hops;
        this.question = question;
    }

    @Override
    public void handle(Context context) {
        Served served = engine.served();
        boolean isForwarded = context.header(Peers.FORWARDED_BY) != null;
        Queries queries = isForwarded ? served.queries().here() : served.queries();
        try {
            answerHere(context, served, queries);
        } catch (ElsewhereException e) {
            if (!hops.tryAcquire()) {
                throw ProblemException.unavailable("too many questions wait for other engines", RETRY_AFTER);
            }
            try {
                answerElsewhere(context, served, e.engines());
            } finally {
                hops.release();
            }
        }
    }

    private void answerHere(Context context, Served served, Queries queries) {
        Source source = new Source();
        ObjectNode json = question.answer(context, served, queries, source);
        source.addTo(json);
        Json.answer(context, json);
    }

    private void answerElsewhere(Context context, Served served, List<EngineAddress> engines) {
        long deadline = System.nanoTime() + MOST_NANOS;
        if (relay(context, engines.get(0), deadline) || copyHere(context, served)) {
            return;
        }
        for (EngineAddress copy : engines.subList(1, engines.size())) {
            if (relay(context, copy, deadline)) {
                return;
            }
        }
        throw ProblemException.unavailable(
                "this is known to the engine at " + engines.get(0).text() + ", which does not answer", RETRY_AFTER);
    }

    private boolean relay(Context context, EngineAddress to, long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        Duration patience = left < PER_ENGINE.toNanos() ? Duration.ofNanos(left) : PER_ENGINE;
        Peers.Reply answer = peers.ask(to, pathAndQuery(context), patience)
                .filter(Peers.Reply::isAnswer)
                .orElse(null);
        if (answer == null) {
            return false;
        }
        context.status(HttpStatus.forStatus(answer.status()))
                .contentType(answer.contentType())
                .result(answer.body());
        return true;
    }

    private boolean copyHere(Context context, Served served) {
        try {
            answerHere(context, served, served.queries().here());
            return true;
        } catch (ProblemException e) {
            if (e.problem().status() != HttpStatus.SERVICE_UNAVAILABLE) {
                throw e;
            }
            return false;
        }
    }

    private static String pathAndQuery(Context context) {
        String query = context.queryString();
        String path = context.req().getRequestURI();
        return query == null ? path : path + "?" + query;
    }
}
