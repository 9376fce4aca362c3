package io.weir.throttle;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import java.util.List;

/** Whom a verdict is on. */
sealed interface Subject {
    /** The text that names it: the verdict's key. */
    String client();

    /** What a surge of its mail is called. */
    Reason surge(SenderState state, Rules rules);

    /** Senders that a throttle spares. */
    List<String> exempt();

    /** Whether edges can be told whom to spare; when not, they are told of no throttle. */
    boolean isPublic();

    /** One sender. */
    record Sender(SenderKey key) implements Subject {
        @Override
        public String client() {
            return key.text();
        }

        @Override
        public Reason surge(SenderState state, Rules rules) {
            return Standing.of(state, rules.established()).surge();
        }

        @Override
        public List<String> exempt() {
            return List.of();
        }

        @Override
        public boolean isPublic() {
            return true;
        }
    }

    /**
     * The newcomers of a network.
     *
     * @param today days since the epoch
     */
    record Newcomers(NetworkKey network, Members members, long today) implements Subject {
        @Override
        public String client() {
            return network.text();
        }

        @Override
        public Reason surge(SenderState state, Rules rules) {
            return Reason.NETWORK_NEWCOMERS;
        }

        @Override
        public List<String> exempt() {
            return members.spared(today).stream()
                    .map(key -> network.sender(key).text())
                    .toList();
        }

        @Override
        public boolean isPublic() {
            return members.isComplete(today);
        }
    }
}
