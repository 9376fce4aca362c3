package io.weir.edge.policy;

import java.nio.charset.StandardCharsets;

/** Requests for tests. */
public final class PolicyRequests {
    private PolicyRequests() {}

    /** @param attributes each {@code name=value} */
    public static PolicyQuestion of(String... attributes) {
        String text = "request=smtpd_access_policy\n" + String.join("\n", attributes) + "\n";
        return PolicyRequest.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
