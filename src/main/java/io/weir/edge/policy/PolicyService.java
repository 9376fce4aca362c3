package io.weir.edge.policy;

/** Decides what an MTA is answered. Called by several threads at a time, each for its connections; must not wait for anything. */
public interface PolicyService {
    /** What is said when there is nothing to say: the MTA goes on to its next restriction. */
    String DUNNO = "DUNNO";

    /**
     * The action for a question.
     *
     * @param connection one object per connection and the same for all of its questions
     * @return one line of printable ASCII, as after {@code action=}
     */
    String answer(PolicyQuestion question, Object connection);

    /** The connection, or what it was in the middle of, is over: that will not go on. */
    void closed(Object connection);
}
