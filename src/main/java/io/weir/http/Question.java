package io.weir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.engine.Queries;

/** What one engine alone can answer: it concerns one sender or network. */
@FunctionalInterface
interface Question {
    /**
     * The answer, but for what {@link Source} adds.
     *
     * @throws ElsewhereException when another engine has it
     * @throws ProblemException when it cannot be answered
     */
    ObjectNode answer(Context request, Served engine, Queries queries, Source source);
}
