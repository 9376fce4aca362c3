package io.weir.engine;

import io.weir.model.Outcome;
import io.weir.model.Verdict;

/** What the engine counts. Called on the path of every event: implementations look nothing up. */
public interface EngineMetrics {
    /** Counts nothing. */
    EngineMetrics NONE = new EngineMetrics() {
        @Override
        public void event(Outcome outcome) {}

        @Override
        public void exempt() {}

        @Override
        public void duplicate() {}

        @Override
        public void denied() {}

        @Override
        public void verdict(Verdict verdict) {}

        @Override
        public void alarm(String reason) {}

        @Override
        public void brake(boolean on) {}

        @Override
        public void deadLetter(DeadLetterReason reason) {}

        @Override
        public void swept(int senders) {}

        @Override
        public PartitionMeters partition(String task) {
            return PartitionMeters.NONE;
        }
    };

    /** An event that was judged, or a bare connection. */
    void event(Outcome outcome);

    /** An event that is exempt from judgement, or judged apart because a connector trusts the client. */
    void exempt();

    /** An event that was dropped since its edge had sent it before. */
    void duplicate();

    /** An event that was dropped since the rules deny its edge. */
    void denied();

    /** A verdict that was handed over for publication. */
    void verdict(Verdict verdict);

    /**
     * What a client sends by a connector has left its usual.
     *
     * @param reason id of a reason
     */
    void alarm(String reason);

    /** An edge's brake went on, or was released. */
    void brake(boolean on);

    void deadLetter(DeadLetterReason reason);

    /** Senders whose state was deleted. */
    void swept(int senders);

    /** Meters of one partition, for as long as this instance owns it. */
    PartitionMeters partition(String task);

    /** What is known of one partition. */
    interface PartitionMeters extends AutoCloseable {
        PartitionMeters NONE = new PartitionMeters() {
            @Override
            public void newest(long eventTimeMs) {}

            @Override
            public void throttled(int senders) {}

            @Override
            public void alarming(int senders) {}

            @Override
            public void close() {}
        };

        /** The greatest event time so far. */
        void newest(long eventTimeMs);

        /** Senders with a throttle in force. */
        void throttled(int senders);

        /** Senders that send by a connector and are above their usual. */
        void alarming(int senders);

        /** The partition has gone elsewhere. */
        @Override
        void close();
    }
}
