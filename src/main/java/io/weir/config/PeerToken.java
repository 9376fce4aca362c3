package io.weir.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What one engine of a site shows to another, so that it answers on behalf of whoever was let in: made of the site's secret. Never logged. */
public final class PeerToken {
    private static final String PURPOSE = "weir http peer 1";

    private final byte[] header;

    private PeerToken(byte[] header) {
        this.header = header;
    }

    public static PeerToken of(SiteSecret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            String text = HexFormat.of().formatHex(mac.doFinal(PURPOSE.getBytes(StandardCharsets.US_ASCII)));
            return new PeerToken(("Bearer peer_" + text).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Whether the value of an {@code Authorization} header shows it; takes the same time however much of it is right. */
    public boolean isShownBy(String shown) {
        return MessageDigest.isEqual(header, shown.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the {@code Authorization} header that shows it. */
    public String header() {
        return new String(header, StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "PeerToken";
    }
}
