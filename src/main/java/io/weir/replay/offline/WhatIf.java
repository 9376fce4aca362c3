package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.offline.Decision.Fate;
import java.util.PriorityQueue;

/** {@link Way#WHAT_IF}: what edges defer does not count, and comes back when its sender tries again. */
final class WhatIf implements Flow {
    /** Each takes some 300 bytes with the event it came with; beyond, the sender of what is deferred is taken to give up. */
    private static final int MOST_WAITING = 1_000_000;

    private final Desk desk;
    private final boolean byEdges;
    private final RetryModel model;
    private final PriorityQueue<Mail> waiting = new PriorityQueue<>();
    private final RecordedRetries recorded = new RecordedRetries();
    private long serial;

    /** A transaction that was deferred and will be tried again. */
    private record Mail(
            long dueMs, long serial, int partition, ConnectionEvent event, int recipients, long envelope, long sinceMs)
            implements Comparable<Mail> {
        @Override
        public int compareTo(Mail other) {
            int byTime = Long.compare(dueMs, other.dueMs);
            return byTime == 0 ? Long.compare(serial, other.serial) : byTime;
        }
    }

    WhatIf(Desk desk, Setup setup) {
        this.desk = desk;
        this.byEdges = setup.byEdges();
        this.model = setup.retries();
    }

    @Override
    public void take(int partition, ConnectionEvent event) {
        retry(event.occurredAtMs());
        if (!Flow.faces(event, byEdges)) {
            desk.judge(partition, event);
        } else if (byEdges && (event.retries() > 0 || event.outcome() == Outcome.DEFERRED)) {
            ofEdges(partition, event);
        } else {
            first(partition, event);
        }
    }

    @Override
    public void end() {
        retry(Long.MAX_VALUE);
    }

    private void first(int partition, ConnectionEvent event) {
        Answers answers = new Answers(event);
        for (int i = 0; i < Flow.transactions(event); i++) {
            int recipients = Flow.recipients(event, i);
            long envelope = desk.envelope(event);
            Fate fate = desk.first(partition, event, recipients, envelope);
            answers.add(fate, recipients, false);
            if (fate == Fate.DEFERRED) {
                later(partition, event, recipients, envelope, event.occurredAtMs(), event.occurredAtMs());
            }
        }
        answers.judgedBy(desk, partition);
    }

    /** Mail that met verdicts when it was recorded: attempt by attempt, since each may meet another answer now. */
    private void ofEdges(int partition, ConnectionEvent event) {
        Answers answers = new Answers(event);
        boolean comesBack = event.outcome() == Outcome.DEFERRED;
        for (int i = 0; i < event.recipients(); i++) {
            RecordedRetries.Deferred before =
                    i < event.retries() ? recorded.next(event.sender(), event.occurredAtMs()) : null;
            if (before != null && before.hasPassed()) {
                // It was let in at an earlier try this time, so this one never happened.
                if (comesBack) {
                    recorded.add(event.sender(), before);
                }
                continue;
            }
            long envelope = before == null ? desk.envelope(event) : before.envelope();
            long since = before == null ? event.occurredAtMs() : before.sinceMs();
            Fate fate = before == null
                    ? desk.first(partition, event, 1, envelope)
                    : desk.again(partition, event, 1, envelope, event.occurredAtMs(), since);
            answers.add(fate, 1, before != null);
            if (comesBack) {
                recorded.add(event.sender(), new RecordedRetries.Deferred(envelope, since, fate != Fate.DEFERRED));
            } else if (fate == Fate.DEFERRED) {
                later(partition, event, 1, envelope, since, event.occurredAtMs());
            }
        }
        answers.judgedBy(desk, partition);
    }

    private void retry(long untilMs) {
        for (Mail due = waiting.peek(); due != null && due.dueMs <= untilMs; due = waiting.peek()) {
            waiting.remove();
            ConnectionEvent event = due.event;
            Fate fate = desk.again(due.partition, event, due.recipients, due.envelope, due.dueMs, due.sinceMs);
            Answers answers = new Answers(event, due.dueMs);
            answers.add(fate, due.recipients, true);
            answers.judgedBy(desk, due.partition);
            if (fate == Fate.DEFERRED) {
                later(due.partition, event, due.recipients, due.envelope, due.sinceMs, due.dueMs);
            }
        }
    }

    private void later(int partition, ConnectionEvent event, int recipients, long envelope, long sinceMs, long nowMs) {
        long next = model.next(sinceMs, nowMs, envelope);
        if (next == RetryModel.GIVEN_UP || waiting.size() >= MOST_WAITING) {
            desk.observer().givenUp(event.sender(), recipients, sinceMs);
        } else {
            waiting.add(new Mail(next, ++serial, partition, event, recipients, envelope, sinceMs));
        }
    }
}
