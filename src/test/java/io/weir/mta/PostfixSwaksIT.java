package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.edge.EdgeState;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.throttle.Reason;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix whose users can log in, asked by the client that administrators test with. */
@Needs(Swaks.PROGRAM)
@Timeout(120)
class PostfixSwaksIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String NOBODY = "<>";
    private static final String TO = "user@example.com";

    @TempDir
    static Path directory;

    private static EdgeBed bed;
    private static LoopbackServer logins;
    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        bed = new EdgeBed(directory, Map.of("edge.brake.share", "1", "edge.brake.established.share", "1"));
        bed.startEdge();
        logins = LoginServer.start();
        postfix = Postfix.startWithLogins(bed.edge().port(), logins.port());
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        postfix.stop();
        logins.close();
        bed.close();
    }

    private static Swaks send(String address, String from, String to, String... more) throws Exception {
        return Swaks.send(postfix.port(), address, from, to, more);
    }

    private static void throttle(String address, Reason reason) throws Exception {
        bed.throttle(address, reason, Mode.ENFORCE, 0);
        await().atMost(EdgeBed.PATIENCE).until(() -> !send(address, NOBODY, TO).isAccepted());
    }

    @Test
    void aThrottledClientReadsTheReplyAndAnotherDelivers() throws Exception {
        throttle("203.0.113.1", Reason.VOLUME_SURGE);
        Swaks throttled = send("203.0.113.1", FROM, TO);
        assertThat(throttled.isAccepted()).isFalse();
        assertThat(throttled.said())
                .containsPattern(
                        "<\\*\\* 451 4\\.7\\.500 .*\\[203\\.0\\.113\\.1] temporarily rate limited: volume above its usual\\."
                                + " Keep queued and retry\\. https://postmaster\\.example\\.com/help/K7Q2MKX4A9PD31WZ \\(AS510\\)");
        Swaks other = send("203.0.113.2", FROM, TO);
        assertThat(other.said()).contains("<-  250 2.0.0 Ok: queued as ");
        assertThat(other.isAccepted()).isTrue();
    }

    @Test
    void aFloodOfBouncesHoldsUpBouncesAlone() throws Exception {
        throttle("203.0.113.3", Reason.NULL_SENDER_SURGE);
        assertThat(send("203.0.113.3", NOBODY, TO).said()).containsPattern("<\\*\\* 451 4\\.7\\.504 .*\\(AS514\\)");
        assertThat(send("203.0.113.3", FROM, TO).isAccepted()).isTrue();
    }

    @Test
    void aBounceIsMailAndItsEventSaysWhatItIs() throws Exception {
        assertThat(send("203.0.113.4", NOBODY, TO).isAccepted()).isTrue();
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.4"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.nullSender()).isTrue();
                            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
                        }));
        throttle("203.0.113.4", Reason.VOLUME_SURGE);
        assertThat(send("203.0.113.4", NOBODY, TO).said()).contains("451 4.7.500");
    }

    @Test
    void whoLogsInIsNeverTouchedAndNeverCounted() throws Exception {
        throttle("203.0.113.5", Reason.VOLUME_SURGE);
        String[] login = {"--auth", "PLAIN", "--auth-user", LoginServer.USER, "--auth-password", LoginServer.PASSWORD};
        Swaks in = send("203.0.113.5", FROM, TO, login);
        assertThat(in.said()).contains("235 2.7.0 Authentication successful");
        assertThat(in.isAccepted()).as(in.said()).isTrue();
        // What comes later from the same address is there, and of the other nothing.
        assertThat(send("203.0.113.5", FROM, "postmaster@example.com").isAccepted())
                .isTrue();
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.5"))
                        .filteredOn(event -> event.outcome() != Outcome.DEFERRED)
                        .extracting(ConnectionEvent::outcome)
                        .containsExactly(Outcome.ADMITTED));
    }

    @Test
    void whoFailsToLogInIsAsEverybody() throws Exception {
        throttle("203.0.113.6", Reason.VOLUME_SURGE);
        String[] login = {"--auth-optional", "PLAIN", "--auth-user", LoginServer.USER, "--auth-password", "wrong"};
        Swaks out = send("203.0.113.6", FROM, TO, login);
        assertThat(out.said()).contains("535 5.7.8").contains("451 4.7.500");
    }
}
