package io.weir.edge.milter;

import io.weir.edge.policy.PolicyAttribute;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.edge.policy.ProtocolState;
import java.util.Map;

/**
 * A question put together from what an MTA has said of a session.
 *
 * @param attributes no empty ones
 */
record MilterQuestion(ProtocolState state, Map<PolicyAttribute, String> attributes) implements PolicyQuestion {
    /** As many digits as surely fit a long. */
    private static final int MOST_DIGITS = 18;

    @Override
    public boolean has(PolicyAttribute attribute) {
        return attributes.containsKey(attribute);
    }

    @Override
    public String text(PolicyAttribute attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    @Override
    public long number(PolicyAttribute attribute) {
        String text = text(attribute);
        boolean isNumber =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : 0;
    }
}
