package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotClientsTest {
    private static final long NOW = 1_795_503_060_000L;

    private final HotClients hot = new HotClients();

    private static ConnectionEvent event(String address, Outcome outcome, long atMs) {
        ClientAddress client = ClientAddress.parse(address);
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                client.text(),
                client.sender(),
                outcome,
                1,
                3,
                1,
                2,
                100,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    /** As the recorder does it. */
    private List<ConnectionEvent> take(ConnectionEvent event) {
        List<ConnectionEvent> out = new ArrayList<>(hot.due(event.occurredAtMs()));
        if (hot.passes(event)) {
            out.add(event);
        }
        return out;
    }

    @Test
    void whatExceedsAFewASecondIsSummedUp() {
        List<ConnectionEvent> out = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            out.addAll(take(event("203.0.113.7", Outcome.DEFERRED, NOW + i)));
        }
        assertThat(out).hasSize(HotClients.SINGLE);
        List<ConnectionEvent> sums = hot.due(Long.MAX_VALUE);
        assertThat(sums).singleElement().satisfies(sum -> {
            assertThat(sum.messages()).isEqualTo(20);
            assertThat(sum.recipients()).isEqualTo(60);
            assertThat(sum.retries()).isEqualTo(20);
            assertThat(sum.wouldDefer()).isEqualTo(40);
            assertThat(sum.bytes()).isEqualTo(2_000);
            assertThat(sum.occurredAtMs()).isEqualTo(NOW + 24);
        });
        assertThat(hot.due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void outcomesAndClientsAreNotMixed() {
        for (int i = 0; i < 10; i++) {
            take(event("203.0.113.7", Outcome.DEFERRED, NOW + i));
            take(event("203.0.113.7", Outcome.ADMITTED, NOW + i));
            take(event("203.0.113.8", Outcome.ADMITTED, NOW + i));
        }
        assertThat(hot.due(Long.MAX_VALUE)).hasSize(3).allMatch(sum -> sum.messages() == 5);
    }

    @Test
    void everySecondBeginsAnew() {
        List<ConnectionEvent> out = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            out.addAll(take(event("203.0.113.7", Outcome.DEFERRED, NOW + 100 * i)));
        }
        out.addAll(hot.due(Long.MAX_VALUE));
        assertThat(out.stream().mapToInt(ConnectionEvent::messages).sum()).isEqualTo(50);
        assertThat(out).hasSizeLessThan(40);
    }
}
