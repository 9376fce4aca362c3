package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The small counters that a series is made of. */
class SlotsTest {
    @Nested
    class TumblingWindows {
        @Test
        void keepTheNewestTwo() {
            Tumbling windows = Tumbling.EMPTY.add(7, 10).add(8, 3).add(7, 5);
            assertThat(windows).isEqualTo(new Tumbling(8, 3, 15));
            assertThat(windows.add(6, 99)).isEqualTo(windows);
            assertThat(windows.at(7)).isEqualTo(15);
            assertThat(windows.at(6)).isZero();
            assertThat(windows.at(9)).isZero();
        }

        @Test
        void forgetBothAfterAPause() {
            assertThat(new Tumbling(8, 3, 15).add(10, 1)).isEqualTo(new Tumbling(10, 1, 0));
            assertThat(new Tumbling(8, 3, 15).add(9, 1)).isEqualTo(new Tumbling(9, 1, 3));
        }

        @Test
        void countThePreviousOneInPart() {
            Tumbling windows = new Tumbling(8, 3, 100);
            assertThat(windows.recent(8 * 1000, 1000)).isEqualTo(103);
            assertThat(windows.recent(8 * 1000 + 750, 1000)).isEqualTo(28);
            assertThat(windows.recent(9 * 1000, 1000)).isEqualTo(3);
            assertThat(windows.recent(11 * 1000, 1000)).isZero();
        }
    }

    @Nested
    class DemandPerSlot {
        @Test
        void risesByHalfAndFallsByAQuarter() {
            Demand demand = Demand.NONE.rollTo(1, true).add(100, 100).rollTo(2, true);
            assertThat(demand.smoothedMillis()).isEqualTo(50_000);
            demand = demand.add(100, 100).rollTo(3, true);
            assertThat(demand.smoothedMillis()).isEqualTo(75_000);
            demand = demand.rollTo(4, true);
            assertThat(demand.smoothedMillis()).isEqualTo(56_250);
        }

        @Test
        void isForgottenAfterAnHourAndABit() {
            Demand demand = Demand.NONE.rollTo(1, true).add(1_000_000, 0).rollTo(2, true);
            assertThat(demand.rollTo(30, true).smoothedMillis()).isPositive();
            assertThat(demand.rollTo(68, true).smoothedMillis()).isZero();
        }

        /** The first seconds of a surge are extrapolated, but not from less than five. */
        @Test
        void ofASurgeIsItsPace() {
            Demand demand = Demand.NONE.rollTo(10, true).add(100, 100);
            assertThat(demand.expectedMillis(10 * 60_000 + 100, false)).isEqualTo(1_200_000);
            assertThat(demand.expectedMillis(10 * 60_000 + 10_000, false)).isEqualTo(600_000);
            assertThat(demand.expectedMillis(10 * 60_000 + 59_999, false)).isEqualTo(100_001);
            assertThat(demand.expectedMillis(10 * 60_000 + 100, true)).isEqualTo(100_000);
        }

        @Test
        void countsCalmSlotsEmptyOnesToo() {
            Demand demand = Demand.NONE.rollTo(10, true).excited().add(5, 5);
            assertThat(demand.calmSlots()).isZero();
            assertThat(demand.rollTo(11, true).calmSlots()).isEqualTo(1);
            assertThat(demand.rollTo(15, true).calmSlots()).isEqualTo(5);
            assertThat(demand.rollTo(11, false).calmSlots()).isZero();
            assertThat(demand.rollTo(13, false).calmSlots()).isEqualTo(2);
            assertThat(demand.rollTo(10_000, true).calmSlots()).isEqualTo(Damping.MOST_CALM_SLOTS);
        }
    }

    @Nested
    class DampingOfFlaps {
        @Test
        void doublesTheCalmForWhoComesBackWithinTheHour() {
            Damping damping = Damping.NONE.throttledAt(1000);
            assertThat(damping.calmNeeded()).isEqualTo(2);
            for (int expected : new int[] {4, 8, 16, 32, 64, 64}) {
                damping = damping.releasedAt(1100).throttledAt(1160);
                assertThat(damping.calmNeeded()).isEqualTo(expected);
            }
            assertThat(damping.releasedAt(1200).throttledAt(1261).calmNeeded()).isEqualTo(2);
        }
    }
}
