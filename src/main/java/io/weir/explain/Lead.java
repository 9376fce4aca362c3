package io.weir.explain;

import io.weir.throttle.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The first sentences: for a person who wrote a mail, got this back, and wants to know whether to do something.
 *
 * @param reason ours; null when it is not ours or not known
 */
record Lead(Bounce bounce, Origin origin, @Nullable Reason reason) {
    private static final String RETRIES = " The sending server tries again by itself";
    private static final String RESEND = "; send the message again only if you are told that it gave up.";
    private static final String GAVE_UP = " The sending server has given up trying: send the message again.";

    String text() {
        if (origin instanceof Origin.Ours) {
            return ours();
        } else if (bounce.isEmpty()) {
            return "No reply of a mail server was found in this text.";
        } else if (bounce.isTemporary()) {
            return "Your message is delayed, and not refused for good."
                    + (bounce.gaveUp() ? GAVE_UP : RETRIES + RESEND);
        }
        return bounce.status() == null || bounce.status().startsWith("5")
                ? "Your message was not delivered, and sending the same again will hardly help."
                : "This reply reports no failure.";
    }

    private String ours() {
        ConnectorReply connector = ConnectorReply.of(bounce.status());
        if (connector != null) {
            return connector.lead();
        }
        boolean isRefusal = !bounce.isThrottle() && !bounce.isTemporary() && bounce.status() != null;
        if (isRefusal) {
            return "Your message was not delivered, and sending the same again will hardly help.";
        }
        return "Your message is delayed; it was not judged as spam" + because() + "."
                + (bounce.gaveUp() ? GAVE_UP : RETRIES + RESEND);
    }

    /** What is held is the server, whatever the message is. */
    private String because() {
        if (reason == Reason.SPAM_SHARE) {
            return " itself, but much else that its server sent was";
        }
        return "";
    }
}
