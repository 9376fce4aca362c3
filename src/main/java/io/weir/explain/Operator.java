package io.weir.explain;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Receivers of mail whose replies are documented well enough to say something about them. */
public enum Operator {
    MICROSOFT(
            "Microsoft (Office 365, Outlook.com)",
            "outlook.com hotmail.com office365.com microsoft.com",
            "Server busy\\. Please try again later from|postmaster\\.live\\.com|aka\\.ms/postmaster|sender\\.office\\.com|mail\\.live\\.com/"
                    + "|go\\.microsoft\\.com/fwlink|Protocol Filter Agent"),
    GOOGLE("Google (Gmail)", "google.com googlemail.com gmail.com", "- ?gsmtp\\b|support\\.google\\.com/"),
    YAHOO(
            "Yahoo (Yahoo Mail, AOL)",
            "yahoodns.net yahoo.com yahooinc.com aol.com",
            "\\[(?:TSS|TS|IPTS|BL)\\d\\d\\]|help\\.yahoo\\.com/|postmaster\\.yahooinc\\.com"),
    APPLE("Apple (iCloud Mail)", "icloud.com me.com mac.com apple.com", "support\\.apple\\.com/");

    private final String label;
    private final String domains;
    private final Pattern wording;

    /** @param domains of its mail servers, with blanks between */
    Operator(String label, String domains, String wording) {
        this.label = label;
        this.domains = domains;
        this.wording = Pattern.compile(wording);
    }

    public String label() {
        return label;
    }

    /** By the name of its servers. */
    static Optional<Operator> ofHost(String host) {
        return Arrays.stream(values())
                .filter(one -> Arrays.stream(one.domains.split(" ")).anyMatch(domain -> Site.isWithin(host, domain)))
                .findFirst();
    }

    /** By what only its replies say: never by a code. */
    static Optional<Operator> ofWording(String reply) {
        return Arrays.stream(values())
                .filter(one -> one.wording.matcher(reply).find())
                .findFirst();
    }
}
