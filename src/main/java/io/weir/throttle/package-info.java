/**
 * The pure core: what a sender's record is, what it may send, and when edges defer it.
 *
 * <p>{@link io.weir.throttle.Throttle#step} turns events into verdicts, {@link io.weir.throttle.EdgeDecision#decide}
 * turns verdicts into answers. Both are functions of their arguments: no clock, no randomness, no logger, no Kafka, no
 * JSON. Whatever judges live traffic, replays it or simulates it calls these two, and nothing re-implements them.
 *
 * <p>Volume is counted in recipients. Budgets are held in {@linkplain io.weir.throttle.Allowance#MICROS
 * micro-recipients}, so that a slow leak adds up exactly and the same events give the same bytes everywhere.
 */
@NullMarked
package io.weir.throttle;

import org.jspecify.annotations.NullMarked;
