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

    /**
     * The domain as a connector claims it: in ASCII, since the same domain may be written in letters of any script; without what no domain has in
     * it, such as the comment or the blank that an MTA hands on as the client wrote it; and without a dot at its end, which names the same domain.
     */
    static String domain(String sender) {
        int begin = sender.lastIndexOf('@') + 1;
        int end = begin;
        while (end < sender.length() && isOfDomain(sender.charAt(end))) {
            end++;
        }
        if (end > begin && sender.charAt(end - 1) == '.') {
            end--;
        }
        return Connector.asciiDomain(sender.substring(begin, end));
    }

    private static boolean isOfDomain(char c) {
        return c >= 0x80 || Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
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
