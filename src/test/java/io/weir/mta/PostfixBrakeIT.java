package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.edge.EdgeState;
import io.weir.model.BrakeChange;
import io.weir.model.Mode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Too much would be deferred: a real Postfix takes everything until an operator has looked. */
@Needs(Postfix.PROGRAM)
@Timeout(120)
class PostfixBrakeIT {
    private static final String CLIENT = "203.0.113.60";

    @TempDir
    Path directory;

    @Test
    void theBrakeTripsStaysThroughARestartAndIsReleased() throws Exception {
        try (EdgeBed bed = new EdgeBed(directory, Map.of("edge.brake.least.attempts", "10"))) {
            bed.startEdge();
            Postfix postfix = Postfix.start(bed.edge().port());
            try {
                await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
                bed.throttle(CLIENT, Mode.ENFORCE, 0);
                await().atMost(EdgeBed.PATIENCE).until(() -> send(postfix).startsWith("451"));
                await().atMost(EdgeBed.PATIENCE).until(() -> send(postfix).startsWith("250"));
                assertThat(bed.edge().isBraked()).isTrue();
                bed.edge().close();
                assertThat(directory.resolve("brake")).exists();
                bed.startEdge();
                await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
                assertThat(send(postfix)).as("after a restart").startsWith("250");
                await().atMost(EdgeBed.PATIENCE)
                        .until(() -> bed.eventsOf(CLIENT).stream().anyMatch(event -> event.wouldDefer() == 1));

                assertThat(bed.edge().releaseBrake()).isTrue();
                assertThat(send(postfix)).startsWith("451 4.7.500");
                // The second edge found the brake on and said so again. What was under way when the first was closed
                // may
                // have been sent twice, with one number.
                await().atMost(EdgeBed.PATIENCE)
                        .untilAsserted(() -> assertThat(new LinkedHashSet<>(bed.brakes()))
                                .extracting(BrakeChange::on)
                                .containsExactly(true, true, false));
                assertThat(bed.brakes().get(0).why()).contains("of the last ten minutes would have been deferred");
            } finally {
                postfix.stop();
            }
        }
    }

    private static String send(Postfix postfix) throws Exception {
        try (SmtpSession session = new SmtpSession(postfix.port(), CLIENT)) {
            return session.send("someone@sender.example.net", "user@example.com");
        }
    }
}
