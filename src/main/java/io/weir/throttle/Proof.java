package io.weir.throttle;

import io.weir.model.ClientAddress;
import org.jspecify.annotations.Nullable;

/**
 * What an MTA knows for certain of a client. Never its HELO or PTR: anybody can make those say anything.
 *
 * @param client null where nothing is to be proven, as in a replay: then no connector matches
 * @param tls whether the connection is encrypted
 * @param certificateName lower-case name in the certificate, when the MTA verified its chain; otherwise empty
 * @param keyFingerprint of the certificate's public key, as {@link io.weir.model.Connector#fingerprint}; empty without one
 * @param senderDomain lower-case domain of MAIL FROM; empty for the null sender
 */
public record Proof(
        @Nullable ClientAddress client,
        boolean tls,
        String certificateName,
        String keyFingerprint,
        String senderDomain) {
    public static final Proof NONE = new Proof(null, false, "", "", "");
}
