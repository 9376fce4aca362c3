package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.simulate.Arrivals;
import io.weir.simulate.Noise;
import io.weir.simulate.Rhythm;
import io.weir.simulate.RhythmicArrivals;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long MINUTE = DemoCalendar.MINUTE_MS;
    private static final DemoCalendar CALENDAR = DemoCalendar.endingBefore(1_795_503_060_123L);

    @Test
    void aSteadyPaceIsTheSameHoweverItIsCut() {
        long begin = CALENDAR.at(3, 10, 0);
        Arrivals steady = Arrivals.steady(begin, begin + 10 * MINUTE, 70);
        long[] all = steady.between(0, Long.MAX_VALUE);
        assertThat(all).hasSize(700).isSorted();
        assertThat(all[0]).isEqualTo(begin);
        assertThat(all[699]).isLessThan(begin + 10 * MINUTE);
        assertThat(inSteps(steady, begin - MINUTE, begin + 11 * MINUTE, 7_777)).isEqualTo(all);
    }

    @Test
    void chanceIsTheSameHoweverItIsCut() {
        Arrivals office = new RhythmicArrivals(CALENDAR.startMs(), Rhythm.business(500), Noise.daily(0.2), 42);
        long from = CALENDAR.at(1, 7, 0);
        long to = CALENDAR.at(1, 19, 0);
        long[] all = office.between(from, to);
        assertThat(all).isSorted().hasSizeBetween(250, 900);
        assertThat(inSteps(office, from, to, 10_000)).isEqualTo(all);
        assertThat(inSteps(office, from, to, 5_400_000)).isEqualTo(all);
    }

    @Test
    void chanceIsTheSameInWhicheverWeekTheDemoRuns() {
        DemoCalendar later = new DemoCalendar(CALENDAR.startMs() + 7 * DemoCalendar.DAY_MS);
        long[] now = new RhythmicArrivals(CALENDAR.startMs(), Rhythm.business(500), Noise.daily(0.2), 42)
                .between(CALENDAR.at(1, 0, 0), CALENDAR.at(2, 0, 0));
        long[] then = new RhythmicArrivals(later.startMs(), Rhythm.business(500), Noise.daily(0.2), 42)
                .between(later.at(1, 0, 0), later.at(2, 0, 0));
        assertThat(Arrays.stream(then).map(ms -> ms - 7 * DemoCalendar.DAY_MS)).containsExactly(boxed(now));
    }

    @Test
    void theVolumeIsWhatTheRhythmSays() {
        Arrivals provider = new RhythmicArrivals(CALENDAR.startMs(), Rhythm.mailboxProvider(10_000), Noise.daily(0), 1);
        assertThat(provider.between(CALENDAR.at(0, 0, 0), CALENDAR.at(5, 0, 0))).hasSizeBetween(48_000, 52_000);
        assertThat(provider.between(CALENDAR.at(5, 0, 0), CALENDAR.at(7, 0, 0))).hasSizeBetween(12_500, 13_500);
        Arrivals weekly = new RhythmicArrivals(CALENDAR.startMs(), Rhythm.weekly(1_000, 1, 9), Noise.daily(0), 1);
        assertThat(weekly.between(CALENDAR.at(1, 9, 0), CALENDAR.at(1, 11, 0))).hasSizeBetween(900, 1_100);
        assertThat(weekly.between(CALENDAR.at(1, 11, 0), CALENDAR.at(8, 9, 0))).isEmpty();
    }

    @Test
    void whoFollowsTheRampSendsWhatItSaysEvenly() {
        Ramp.Day advice = Ramp.of(PerHorizon.ZERO, Rules.DEFAULTS, 1).get(0);
        RampArrivals ramp = new RampArrivals();
        long morning = CALENDAR.at(28, 8, 0);
        ramp.follow(advice, morning);
        long[] sent = ramp.between(0, Long.MAX_VALUE);
        assertThat((long) sent.length).isBetween(advice.volume() - RampArrivals.HOURS, advice.volume());
        assertThat((long) ramp.between(morning, morning + DemoCalendar.HOUR_MS).length)
                .isLessThanOrEqualTo(advice.perHour());
    }

    @Test
    void thePopulationIsOfTwoHundredSendersWithAnAddressEach() {
        List<ClientAddress> clients =
                Population.of(CALENDAR).stream().map(MailStream::client).toList();
        assertThat(clients).hasSize(200).noneMatch(ClientAddress::exempt);
        assertThat(clients.stream().map(ClientAddress::sender)).doesNotHaveDuplicates();
        assertThat(clients.stream().filter(client -> client.sender().isIpv6())).hasSizeGreaterThan(10);
    }

    private static long[] inSteps(Arrivals arrivals, long from, long to, long stepMs) {
        return LongStream.iterate(from, at -> at < to, at -> at + stepMs)
                .flatMap(at -> Arrays.stream(arrivals.between(at, Math.min(to, at + stepMs))))
                .toArray();
    }

    private static Long[] boxed(long[] values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }
}
