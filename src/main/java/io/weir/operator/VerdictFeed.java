package io.weir.operator;

import io.weir.model.Verdict;
import java.util.List;
import java.util.function.Consumer;

/** Verdicts of the whole site as they come, whichever engine made them. */
public interface VerdictFeed {
    /** Most of them that are kept. */
    int MOST = 10_000;

    /**
     * One of them.
     *
     * @param id tells it from all others of the site
     */
    record Entry(String id, Verdict verdict) {}

    /** What ends a subscription. */
    interface Subscription {
        void close();
    }

    /**
     * Those that came last, oldest first.
     *
     * @throws OperatorException when they are not known yet
     */
    List<Entry> newest();

    /**
     * Hands over those to come, and first those that came after one that is still kept.
     *
     * @param afterId of the last one that is known; empty, or no longer kept: only those to come
     * @param listener must not wait: it is called by the one thread that reads them
     */
    Subscription subscribe(String afterId, Consumer<Entry> listener);
}
