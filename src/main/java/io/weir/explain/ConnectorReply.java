package io.weir.explain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What we answer to mail that breaks a connector's restrictions. */
enum ConnectorReply {
    /** 4.7.10 is "encryption needed" in RFC 5248's registry. */
    TLS(
            "4.7.10",
            "Your message is delayed until the server that sends it uses encryption: pass this on to whoever runs that server.",
            "The receiving site has agreed with the owner of the sender's domain that its mail comes encrypted (a connector that asks for TLS). This"
                    + " connection did not use STARTTLS."),
    ELSEWHERE(
            "5.7.51",
            "Your message was not delivered: mail of your domain is accepted from certain servers only, and this was none of them. Pass this on to"
                    + " whoever runs your mail.",
            "The receiving site has agreed with the owner of the sender's domain from which servers its mail comes (a connector with restrictions)."
                    + " This came from another address, or without the certificate that was agreed upon.");

    private final String status;
    private final String lead;
    private final String meaning;

    ConnectorReply(String status, String lead, String meaning) {
        this.status = status;
        this.lead = lead;
        this.meaning = meaning;
    }

    static @Nullable ConnectorReply of(@Nullable String status) {
        return Arrays.stream(values())
                .filter(one -> one.status.equals(status))
                .findFirst()
                .orElse(null);
    }

    String lead() {
        return lead;
    }

    String meaning() {
        return meaning;
    }
}
