package io.weir.throttle;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a sender is throttled: the catalogue from which verdicts, replies, help texts and docs are made.
 *
 * <p>Enhanced status codes lie in 4.7.500 to 4.7.699, where Office 365 put its own (X.7 is "security or policy status",
 * RFC 3463); the AS number tells reasons apart for those who read logs.
 */
public enum Reason {
    VOLUME_SURGE(
            "volume-surge",
            "4.7.500",
            510,
            "volume above its usual",
            "The address sends much more than it did on its busiest days of the last five weeks.",
            "Slow down: what is within the allowance passes. The allowance follows the volume, day by day."),
    NEWCOMER_VOLUME(
            "newcomer-volume",
            "4.7.501",
            511,
            "too much for a new sender",
            "The address has little or no history here and sends more than a newcomer may.",
            "Start small and raise the volume step by step over a few days, spread over the day."),
    DORMANT_RETURN(
            "dormant-return",
            "4.7.502",
            512,
            "back at volume after a long pause",
            "The address sent here before, but not for more than five weeks, and came back at volume.",
            "Raise the volume again over a few days; the old record vouches for half of it."),
    NETWORK_NEWCOMERS(
            "network-newcomers",
            "4.7.503",
            513,
            "too much from new senders of its network",
            "Many addresses of one network that were never seen before send at once.",
            "Send from few addresses that have a history, or raise the volume over a few days."),
    NULL_SENDER_SURGE(
            "null-sender-surge",
            "4.7.504",
            514,
            "too many bounces",
            "The address sends far more mail with an empty envelope sender (bounces) than usual.",
            "Look for a mail loop or for bounces to forged mail, and do not bounce spam."),
    SPAM_SHARE(
            "spam-share",
            "4.7.505",
            515,
            "too much of its mail was spam",
            "A large part of what the address sent lately turned out to be spam.",
            "Stop the source of the spam; the share is taken over two days."),
    REJECTED_SHARE(
            "rejected-share",
            "4.7.506",
            516,
            "too many of its recipients were rejected",
            "Most of the recipients the address tried lately were rejected.",
            "Clean the recipient list; the share is taken over two days."),
    OPERATOR_OVERRIDE(
            "operator-override",
            "4.7.507",
            517,
            "limited by the postmaster",
            "The postmaster of the receiving site has limited the address.",
            "Ask the postmaster of the receiving site.");

    private final String id;
    private final String enhancedStatusCode;
    private final int as;
    private final String text;
    private final String meaning;
    private final String fix;

    Reason(String id, String enhancedStatusCode, int as, String text, String meaning, String fix) {
        this.id = id;
        this.enhancedStatusCode = enhancedStatusCode;
        this.as = as;
        this.text = text;
        this.meaning = meaning;
        this.fix = fix;
    }

    /** The reason with this id, if there is one. */
    public static Optional<Reason> of(String id) {
        return Arrays.stream(values()).filter(reason -> reason.id.equals(id)).findFirst();
    }

    /** Whether a verdict for the reason of this id says that its sender has no history. */
    public static boolean isOfNewcomers(String id) {
        return id.equals(NEWCOMER_VOLUME.id) || id.equals(DORMANT_RETURN.id) || id.equals(NETWORK_NEWCOMERS.id);
    }

    /** Name in verdicts, rules, metrics and docs. */
    public String id() {
        return id;
    }

    public String enhancedStatusCode() {
        return enhancedStatusCode;
    }

    /** The anti-spam number printed at the end of the reply. */
    public int as() {
        return as;
    }

    /** The words in the reply: printable ASCII. */
    public String text() {
        return text;
    }

    /** One sentence for a person who asks. */
    public String meaning() {
        return meaning;
    }

    /** What the sender can do. */
    public String fix() {
        return fix;
    }
}
