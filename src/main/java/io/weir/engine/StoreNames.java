package io.weir.engine;

/** Names of the state stores; a changelog topic is {@code <application id>-<store>-changelog}. */
public final class StoreNames {
    /** One record per sender, and one per IPv6 network behind them. */
    public static final String SENDERS = "senders";
    /** What control records said last, how far each edge has come, how far the sweep has. */
    public static final String CONTROLS = "controls";
    /** Clients with a verdict on the topic that has no tombstone yet. */
    public static final String OPEN_VERDICTS = "open-verdicts";
    /** One row of hours per sender and closed day. */
    public static final String TRAFFIC = "traffic";
    /** Every verdict, and whose case is whose. */
    public static final String VERDICT_HISTORY = "verdict-history";

    private StoreNames() {}
}
