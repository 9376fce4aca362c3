package io.weir.edge;

import io.weir.edge.policy.PolicyAttribute;
import io.weir.edge.policy.PolicyQuestion;
import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.throttle.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a policy request proves of its client. Postfix names a certificate's subject only when it verified the chain, and writes it as xtext (RFC
 * 3461); the fingerprint of the public key it gives for any certificate, since the client has shown that it holds the key.
 */
final class PolicyProof {
    private static final int HEX = 16;

    private PolicyProof() {}

    static Proof of(ClientAddress client, PolicyQuestion request) {
        return new Proof(
                client,
                request.has(PolicyAttribute.ENCRYPTION_PROTOCOL),
                decoded(request.text(PolicyAttribute.CCERT_SUBJECT)).toLowerCase(Locale.ROOT),
                Connector.fingerprint(request.text(PolicyAttribute.CCERT_PUBKEY_FINGERPRINT)),
                domain(request.text(PolicyAttribute.SENDER)));
    }

    private static String domain(String sender) {
        // A dot at the end names the same domain.
        int end = sender.endsWith(".") ? sender.length() - 1 : sender.length();
        return sender.substring(sender.lastIndexOf('@', end) + 1, end).toLowerCase(Locale.ROOT);
    }

    /** What is no xtext stays as it is: it then equals no name that an admin wrote. */
    static String decoded(String xtext) {
        if (xtext.indexOf('+') < 0) {
            return xtext;
        }
        byte[] bytes = xtext.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '+' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], HEX);
            if (low < 0) {
                out[length++] = bytes[i];
            } else {
                out[length++] = (byte) (HEX * high + low);
                i += 2;
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
