package io.weir.edge.policy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;

/** Requests for tests. */
public final class PolicyRequests {
    private PolicyRequests() {}

    /** @param attributes each {@code name=value} */
    public static PolicyQuestion of(String... attributes) {
        String text = "request=smtpd_access_policy\n" + String.join("\n", attributes) + "\n\n";
        EmbeddedChannel channel = new EmbeddedChannel(new PolicyDecoder());
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        Object read = channel.readInbound();
        if (read instanceof MalformedRequestException malformed) {
            throw malformed;
        }
        return (PolicyQuestion) read;
    }
}
