package io.weir.http;

import io.weir.engine.EngineState;
import io.weir.engine.Queries;
import io.weir.operator.Operators;
import io.weir.operator.VerdictFeed;
import java.util.function.Supplier;

/**
 * An engine that the port answers for.
 *
 * @param moment at which things are looked at
 * @param operators what operators said, and may say
 * @param verdicts as they come
 */
public record Served(
        Supplier<EngineState> state, Queries queries, Moment moment, Operators operators, VerdictFeed verdicts) {}
