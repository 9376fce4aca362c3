package io.weir.explain;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a bounce says, as far as it could be found in it; what it does not say is null.
 *
 * @param replyCode SMTP reply code, such as 451
 * @param status enhanced status code (RFC 3463), such as 4.7.500
 * @param token the number that filters print in brackets, without them: {@code AS510}, {@code S775}
 * @param clientAddress the address that was answered so: the server that sent the mail, canonical text
 * @param caseId what looks like the id of one of our cases
 * @param helpUrl the URL before the case, without a slash at the end
 * @param host who gave the reply, lower case: the remote server, or a tag that it left in its text
 * @param reporter who wrote the report, lower case; mostly the sender's own server
 * @param recipientDomain lower case
 * @param gaveUp whether it says that the message will not be tried again
 * @param text the reply, cut to {@value #MOST_TEXT} characters; empty when there is none
 * @param where what kind of text it was found in
 */
public record Bounce(
        @Nullable Integer replyCode,
        @Nullable String status,
        @Nullable String token,
        @Nullable String clientAddress,
        @Nullable String caseId,
        @Nullable String helpUrl,
        @Nullable String host,
        @Nullable String reporter,
        @Nullable String recipientDomain,
        boolean gaveUp,
        String text,
        Where where) {
    /** Nothing beyond is read. */
    public static final int MOST_BYTES = 256 * 1024;

    /** Of the reply, kept. */
    public static final int MOST_TEXT = 500;

    /** The kind of text in which something was found. */
    public enum Where {
        /** The machine-readable part of a delivery status notification (RFC 3464). */
        STATUS_PART("a delivery status notification"),
        /** The part of a bounce that is for people. */
        NOTICE("the text of a bounce"),
        /** Output of {@code postqueue -j}. */
        QUEUE("a queue listing"),
        LOG("a line of a mail log"),
        TEXT("text"),
        NOTHING("nothing");

        private final String label;

        Where(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Reads what somebody pasted. */
    public static Bounce parse(String pasted) {
        return parse(pasted.substring(0, Math.min(pasted.length(), MOST_BYTES)).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a file of any kind. Never fails; what was not found is absent. */
    public static Bounce parse(byte[] bytes) {
        return new BounceReader(bytes).read();
    }

    /** Whether anything was found to explain. */
    public boolean isEmpty() {
        return replyCode == null && status == null && caseId == null;
    }

    /** Whether the reply says: not now. The reply code decides for servers; Office 365 once wrote 451 5.7.500. */
    public boolean isTemporary() {
        return (replyCode != null && replyCode / 100 == 4) || (status != null && status.startsWith("4"));
    }

    /** Whether it has a code of the range that IP throttling uses: 4.7.500 to 4.7.699, or 5.7.500 to 5.7.699 behind a 4xx, as Office 365 once wrote it. */
    public boolean isThrottle() {
        return Codes.isThrottle(replyCode, status);
    }
}
