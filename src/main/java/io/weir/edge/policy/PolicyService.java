package io.weir.edge.policy;

/** Decides what a request is answered. Called by several threads at a time, each for its connections; must not wait for anything. */
public interface PolicyService {
    /** What is said when there is nothing to say: the MTA goes on to its next restriction. */
    String DUNNO = "DUNNO";

    /**
     * The action for a request.
     *
     * @param connection one object per connection and the same for all of its requests
     * @return one line of printable ASCII, as after {@code action=}
     */
    String answer(PolicyRequest request, Object connection);

    /** The connection is over: whatever it was in the middle of will not go on. */
    void closed(Object connection);
}
