package io.weir.mta;

import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.model.Mode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix that asks over the Unix socket, as deploy/mta/README.md says. */
@Needs(Postfix.PROGRAM)
@Timeout(120)
class PostfixSocketIT {
    @TempDir
    Path directory;

    @Test
    void aThrottledClientIsToldSo() throws Exception {
        Postfix postfix = Postfix.startWithSocket();
        Map<String, String> settings =
                Map.of("edge.policy.socket", postfix.socket().toString(), "edge.policy.socket.group", "postfix");
        try (EdgeBed bed = new EdgeBed(directory, settings)) {
            bed.startEdge();
            bed.throttle("203.0.113.7", Mode.ENFORCE, 0);
            await().atMost(EdgeBed.PATIENCE).until(() -> {
                try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.7")) {
                    return session.send("a@sender.example.net", "user@example.com")
                            .startsWith("451 4.7.500");
                }
            });
            await().atMost(EdgeBed.PATIENCE)
                    .until(() -> !bed.eventsOf("203.0.113.7").isEmpty());
        } finally {
            postfix.stop();
        }
    }
}
