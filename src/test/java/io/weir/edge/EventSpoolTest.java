package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.edge.EventSpool.Entry;
import io.weir.edge.EventSpool.Pending;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSpoolTest {
    private static final long NOW = 1_795_503_060_123L;
    private static final long MUCH = 1_000_000;

    @TempDir
    Path directory;

    private static void add(EventSpool spool, int count) {
        for (int i = 0; i < count; i++) {
            one(spool, NOW + i);
        }
    }

    private static int one(EventSpool spool, long atMs) {
        return spool.add(List.of(new Pending(atMs, "203.0.113.0/24", EventSpoolTest::event)));
    }

    private static byte[] event(long number) {
        return ("event " + number).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasAddedComesOutInItsOrderAndWithItsNumber() {
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            add(spool, 5);
            List<Entry> first = spool.after(spool.taken(), 3);
            long before = spool.taken();
            assertThat(first).extracting(Entry::number).containsExactly(before + 1, before + 2, before + 3);
            assertThat(first).extracting(Entry::atMs).containsExactly(NOW, NOW + 1, NOW + 2);
            assertThat(first).allSatisfy(entry -> {
                assertThat(entry.key()).isEqualTo("203.0.113.0/24");
                assertThat(entry.value()).isEqualTo(event(entry.number()));
            });
            spool.taken(first);
            assertThat(spool.waiting()).isEqualTo(2);
            assertThat(spool.after(spool.taken(), 10))
                    .extracting(Entry::number)
                    .containsExactly(before + 4, before + 5);
        }
    }

    @Test
    void aMarkIsKeptWithItsEventsAndIsNoEvent() {
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            assertThat(spool.mark("a log")).isNull();
            spool.add(
                    List.of(new Pending(NOW, "203.0.113.0/24", EventSpoolTest::event)),
                    new EventSpool.Mark("a log", new byte[] {1}));
            spool.add(List.of(), new EventSpool.Mark("another", new byte[] {2}));
            spool.add(List.of(), new EventSpool.Mark("a log", new byte[] {3}));
        }
        try (EventSpool again = EventSpool.open(directory, MUCH, NOW)) {
            assertThat(again.mark("a log")).containsExactly(3);
            assertThat(again.mark("another")).containsExactly(2);
            assertThat(again.waiting()).isOne();
            assertThat(again.after(again.taken(), 10)).hasSize(1);
        }
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        long last;
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            add(spool, 3);
            spool.taken(spool.after(spool.taken(), 2));
            last = spool.after(spool.taken(), 10).get(0).number();
        }
        try (EventSpool again = EventSpool.open(directory, MUCH, NOW - 86_400_000)) {
            assertThat(again.waiting()).isOne();
            add(again, 1);
            assertThat(again.after(again.taken(), 10)).extracting(Entry::number).containsExactly(last, last + 1);
            again.taken(again.after(again.taken(), 10));
        }
        try (EventSpool empty = EventSpool.open(directory, MUCH, 0)) {
            assertThat(empty.waiting()).isZero();
            add(empty, 1);
            assertThat(empty.after(empty.taken(), 10)).extracting(Entry::number).containsExactly(last + 2);
        }
    }

    /** Writes are not synced: the last events before a power cut are gone from here, and may have reached Kafka. */
    @Test
    void aSpoolThatIsOpenedAgainBeginsAboveWhatAPowerCutTook() {
        long before;
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            add(spool, 10);
            before = spool.after(spool.taken(), 100).get(9).number();
        }
        try (EventSpool again = EventSpool.open(directory, MUCH, NOW + 1)) {
            add(again, 1);
            List<Entry> all = again.after(again.taken(), 100);
            assertThat(all).hasSize(11);
            assertThat(all.get(10).number()).isEqualTo((NOW + 1) * 1_000).isGreaterThan(before);
        }
    }

    /** Or the engine, which remembers the greatest, would drop everything as sent before. */
    @Test
    void aLostSpoolBeginsAboveTheOneThatWasLost() {
        long before;
        try (EventSpool spool = EventSpool.open(directory.resolve("lost"), MUCH, NOW)) {
            add(spool, 10);
            before = spool.after(spool.taken(), 100).get(9).number();
        }
        try (EventSpool spool = EventSpool.open(directory.resolve("new"), MUCH, NOW + 1)) {
            add(spool, 1);
            assertThat(spool.after(spool.taken(), 1).get(0).number()).isGreaterThan(before);
        }
    }

    @Test
    void eventsThatCannotBeWrittenTakeNoNumbersAndNoneOfTheirsIsKept() {
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            Pending good = new Pending(NOW, "203.0.113.0/24", EventSpoolTest::event);
            Pending bad = new Pending(NOW, "203.0.113.0/24", number -> {
                throw new IllegalArgumentException("no JSON");
            });
            assertThatThrownBy(() -> spool.add(List.of(good, bad))).hasMessage("no JSON");
            assertThat(spool.waiting()).isZero();
            add(spool, 1);
            assertThat(spool.after(spool.taken(), 10)).extracting(Entry::number).containsExactly(spool.taken() + 1);
        }
    }

    @Test
    void whenItIsFullTheOldestGo() {
        try (EventSpool spool = EventSpool.open(directory, 4_000, NOW)) {
            int dropped = 0;
            for (int i = 0; i < 1_000; i++) {
                dropped += one(spool, NOW + i);
            }
            assertThat(dropped).isPositive();
            List<Entry> left = spool.after(spool.taken(), 1_000);
            assertThat(left).hasSize(1_000 - dropped);
            assertThat(spool.waiting()).isEqualTo(left.size());
            assertThat(left.get(left.size() - 1).atMs()).isEqualTo(NOW + 999);
            assertThat(left.stream().mapToInt(entry -> entry.value().length).sum())
                    .isLessThan(4_000);
        }
    }

    @Test
    void eventsDroppedWhileTheyWereSentDoNotCountTwice() {
        try (EventSpool spool = EventSpool.open(directory, 4_000, NOW)) {
            add(spool, 20);
            List<Entry> sent = spool.after(spool.taken(), 20);
            add(spool, 200);
            spool.taken(sent);
            assertThat(spool.waiting())
                    .isEqualTo(spool.after(spool.taken(), 1_000).size());
        }
    }

    @Test
    void onceClosedItSaysSo() {
        EventSpool spool = EventSpool.open(directory, MUCH, NOW);
        spool.close();
        assertThatThrownBy(() -> one(spool, NOW))
                .isInstanceOf(EdgeException.class)
                .hasMessage("the spool is closed");
        assertThatThrownBy(() -> spool.after(0, 1)).isInstanceOf(EdgeException.class);
        assertThatThrownBy(() -> spool.taken(List.of())).isInstanceOf(EdgeException.class);
    }

    @Test
    void twoEdgesCannotShareOne() {
        try (EventSpool spool = EventSpool.open(directory, MUCH, NOW)) {
            assertThat(spool.waiting()).isZero();
            assertThatThrownBy(() -> EventSpool.open(directory, MUCH, NOW))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("is another edge running there");
        }
    }
}
