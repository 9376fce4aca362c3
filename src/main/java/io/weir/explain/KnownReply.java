package io.weir.explain;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What well-known receivers mean by their replies, as far as they say so themselves. The first that fits is meant. */
enum KnownReply {
    // Office 365's name for it is IP throttling. The first announcement
    // (https://blogs.msdn.microsoft.com/tzink/2015/01/07/
    // office-365-releases-ip-throttling/) wrote 451 5.7.500-699; its documentation writes 451 4.7.500-699.
    MICROSOFT_REPUTATION(
            Operator.MICROSOFT,
            "4\\.7\\.65[01]",
            "rate limited due to IP reputation",
            "Outlook.com takes less mail from this address for a time because of the address's reputation with it.",
            "Look the address up in Outlook.com's Smart Network Data Services, and slow down until it has a better reputation.",
            "https://postmaster.live.com"),
    MICROSOFT_THROTTLE(
            Operator.MICROSOFT,
            "[45]\\.7\\.[56]\\d\\d",
            "",
            "Office 365 limits an address that suddenly sends much more than it used to, or that is new to it (IP throttling).",
            "It passes by itself as the volume is raised slowly over a few days. An admin of the receiving organisation can set up a"
                    + " connector in Exchange Online for servers of its own or of a partner.",
            "https://support.office.com/en-ie/article/51356082-9fef-4639-a18a-fc7c5beae0c8"),
    MICROSOFT_BANNED(
            Operator.MICROSOFT,
            "5\\.7\\.6\\d\\d",
            "banned sending IP",
            "Office 365 refuses all mail from this address, which is on its own list.",
            "Ask for removal at the address that the reply names.",
            "https://sender.office.com/"),
    MICROSOFT_BLOCKED(
            Operator.MICROSOFT,
            "5\\.7\\.1",
            "on our block list",
            "Outlook.com refuses mail from part of the network that this address is in.",
            "Ask the provider of the network, as the reply says.",
            "https://postmaster.live.com"),
    MICROSOFT_REGION(
            Operator.MICROSOFT,
            "4\\.4\\.62",
            "wrong Office 365 region",
            "The mail was sent to servers of another region than the recipient's.",
            "Deliver to the servers in the MX record of the recipient's domain, and look it up anew.",
            "https://go.microsoft.com/fwlink/?linkid=865268"),
    GOOGLE_RATE(
            Operator.GOOGLE,
            "4\\.7\\.28",
            "unusual rate",
            "Gmail sees more unsolicited mail than usual from this address or domain, or with a link in it, and limits it for a time.",
            "Send less and more evenly, and only to people who asked for it; look at Postmaster Tools.",
            "https://support.google.com/mail/?p=UnsolicitedRateLimitError"),
    GOOGLE_REPUTATION(
            Operator.GOOGLE,
            "4\\.7\\.0",
            "very low reputation",
            "Gmail takes the message for suspicious because of the low reputation of the address or domain that sent it.",
            "Look at Postmaster Tools, and slow down until the reputation is better.",
            "https://support.google.com/mail/answer/188131"),
    GOOGLE_RECIPIENT(
            Operator.GOOGLE,
            "4\\.2\\.1",
            "receiving mail at a rate",
            "The recipient gets more mail at the moment than Gmail lets in. It is not about the sender.",
            "Wait; the sending server tries again by itself.",
            "https://support.google.com/mail/?p=ReceivingRate"),
    GOOGLE_ALIGNMENT(
            Operator.GOOGLE,
            "4\\.7\\.32",
            "DMARC alignment",
            "Gmail limits mail whose visible sender is confirmed neither by SPF nor by DKIM.",
            "Sign with DKIM for the domain that is seen in the From field.",
            "https://support.google.com/a/answer/3726730"),
    YAHOO_VOLUME(
            Operator.YAHOO,
            "",
            "\\[(?:IP)?TSS?\\d\\d\\].*temporarily deferred",
            "Yahoo takes no mail from this address for a time, because of unexpected volume or complaints of its users.",
            "Send less, and only to people who asked for it; it ends by itself when the cause does.",
            "https://postmaster.yahooinc.com/error-codes"),
    APPLE_VOLUME(
            Operator.APPLE,
            "4\\.7\\.1",
            "excessive volume",
            "iCloud takes less mail for this recipient for a time, because too much comes.",
            "Wait; the sending server tries again by itself.",
            "https://support.apple.com/en-us/HT204137");

    private final Operator operator;
    private final Pattern status;
    private final Pattern words;
    private final String meaning;
    private final String advice;
    private final String source;

    /**
     * @param status pattern of the whole enhanced status code; empty: any
     * @param words pattern found in the reply; empty: any, of a temporary failure
     */
    KnownReply(Operator operator, String status, String words, String meaning, String advice, String source) {
        this.operator = operator;
        this.status = Pattern.compile(status);
        this.words = Pattern.compile("(?i)" + words);
        this.meaning = meaning;
        this.advice = advice;
        this.source = source;
    }

    static Optional<KnownReply> of(Operator operator, Bounce bounce) {
        return Arrays.stream(values())
                .filter(known -> known.operator == operator && known.fits(bounce))
                .findFirst();
    }

    private boolean fits(Bounce bounce) {
        String code = bounce.status() == null ? "" : bounce.status();
        boolean isStatus = status.pattern().isEmpty() || status.matcher(code).matches();
        return isStatus
                && (this == MICROSOFT_THROTTLE
                        ? bounce.isThrottle()
                        : words.matcher(bounce.text()).find());
    }

    String meaning() {
        return meaning;
    }

    String advice() {
        return advice;
    }

    String source() {
        return source;
    }
}
