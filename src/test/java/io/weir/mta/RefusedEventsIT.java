package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.model.ConnectionEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An edge whose clock is ahead: the broker refuses what it wrote then, and takes the rest. */
@Timeout(120)
class RefusedEventsIT {
    @TempDir
    Path directory;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }
    };

    @Test
    void whatTheBrokerRefusesIsSetAsideAndTheRestGoesOn() throws Exception {
        try (EdgeBed bed = new EdgeBed(directory, Map.of(), clock)) {
            bed.startEdge();
            accept(bed.edge().port(), "203.0.113.1");
            ahead.set(Duration.ofMinutes(10));
            accept(bed.edge().port(), "203.0.113.2");
            ahead.set(Duration.ZERO);
            accept(bed.edge().port(), "203.0.113.3");
            await().atMost(EdgeBed.PATIENCE)
                    .until(() -> !bed.eventsOf("203.0.113.3").isEmpty());
            assertThat(bed.events())
                    .extracting(ConnectionEvent::clientAddress)
                    .containsExactlyInAnyOrder("203.0.113.1", "203.0.113.3");
            await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().unsent() == 0);
            assertThat(Files.readAllLines(directory.resolve("refused-events.jsonl")))
                    .singleElement()
                    .asString()
                    .contains("203.0.113.2");
        }
    }

    private static void accept(int port, String client) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String state : new String[] {"RCPT", "END-OF-MESSAGE"}) {
                String request = "request=smtpd_access_policy\nprotocol_state=" + state + "\ninstance=" + client
                        + "\nclient_address=" + client + "\nsender=a@example.net\nrecipient=b@example.com"
                        + "\nrecipient_count=1\nsize=1\n\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("action=DUNNO");
                assertThat(in.readLine()).isEmpty();
            }
        }
    }
}
