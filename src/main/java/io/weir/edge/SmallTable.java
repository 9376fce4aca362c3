package io.weir.edge;

/**
 * A topic small enough to be read whole before any of it counts: what is taken counts when it is shown. So an edge that reads a topic anew, and
 * may have missed that something was deleted, goes by what it knew until it knows all there is.
 */
interface SmallTable extends TopicReader.Taker {
    /** The topic is read from its beginning: what was taken before is forgotten, though it counts until the next {@link #show()}. */
    void begin();

    /** What was taken counts from now on. */
    void show();
}
