package io.weir.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Mail under way, by when it is due. What is due within seconds is kept in order, what comes later is not: a sender whose queue holds tens of
 * thousands of messages would have each retry sink through all the others.
 */
final class DueQueue {
    private static final long SPAN_MS = 10 * Spans.SECOND_MS;

    private final PriorityQueue<Mail> soon = new PriorityQueue<>();
    private final TreeMap<Long, List<Mail>> later = new TreeMap<>();
    private long soonMs = Long.MIN_VALUE;
    private int size;

    void add(Mail mail) {
        size++;
        if (mail.dueMs() < soonMs) {
            soon.add(mail);
        } else {
            later.computeIfAbsent(mail.dueMs() / SPAN_MS, first -> new ArrayList<>())
                    .add(mail);
        }
    }

    /** Takes the one that is due first, if that is before a moment; else null. */
    @Nullable
    Mail takeBefore(long ms) {
        while (soon.isEmpty()) {
            Map.Entry<Long, List<Mail>> next = later.firstEntry();
            if (next == null || next.getKey() * SPAN_MS >= ms) {
                return null;
            }
            later.pollFirstEntry();
            soonMs = (next.getKey() + 1) * SPAN_MS;
            soon.addAll(next.getValue());
        }
        Mail first = soon.element();
        if (first.dueMs() >= ms) {
            return null;
        }
        size--;
        return soon.remove();
    }

    /** Takes all of these, those due first before others. */
    List<Mail> takeIf(Predicate<Mail> condition) {
        List<Mail> taken = new ArrayList<>(soon.stream().filter(condition).toList());
        soon.removeIf(condition);
        later.values().forEach(some -> {
            some.stream().filter(condition).forEach(taken::add);
            some.removeIf(condition);
        });
        size -= taken.size();
        taken.sort(null);
        return taken;
    }

    int size() {
        return size;
    }
}
