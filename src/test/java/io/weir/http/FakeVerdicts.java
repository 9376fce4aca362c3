package io.weir.http;

import io.weir.model.Verdict;
import io.weir.operator.VerdictFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** Verdicts that a test publishes. */
public final class FakeVerdicts implements VerdictFeed {
    private final List<Entry> newest = new ArrayList<>();
    private final Set<Consumer<Entry>> listeners = new CopyOnWriteArraySet<>();

    public synchronized void publish(Verdict verdict) {
        Entry entry = new Entry("0-" + newest.size(), verdict);
        newest.add(entry);
        listeners.forEach(listener -> listener.accept(entry));
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public synchronized List<Entry> newest() {
        return List.copyOf(newest);
    }

    @Override
    public synchronized Subscription subscribe(String afterId, Consumer<Entry> listener) {
        int after = newest.stream().map(Entry::id).toList().indexOf(afterId);
        if (after >= 0) {
            newest.subList(after + 1, newest.size()).forEach(listener);
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
