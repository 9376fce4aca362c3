package io.weir.serde;

import io.weir.model.Gap;
import io.weir.model.Mode;
import io.weir.throttle.Conduct;
import io.weir.throttle.Controls;
import io.weir.throttle.Damping;
import io.weir.throttle.DayPeaks;
import io.weir.throttle.Demand;
import io.weir.throttle.History;
import io.weir.throttle.Horizon;
import io.weir.throttle.InForce;
import io.weir.throttle.Life;
import io.weir.throttle.Members;
import io.weir.throttle.NetworkState;
import io.weir.throttle.PackedRows;
import io.weir.throttle.PackedRows.Row;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import io.weir.throttle.Series;
import io.weir.throttle.Traffic;
import io.weir.throttle.Tumbling;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** States put together by hand, so that they stay the same when the judgement changes. */
final class StateSamples {
    static final long NOW_MS = 1_795_503_060_123L;
    static final long DAY = NOW_MS / 86_400_000;

    static final PackedRows HOURS = PackedRows.of(List.of(
            row(DAY * 24 + 1, 3, 3), row(DAY * 24 + 2, 900, 700, 150, 50), row(DAY * 24 + 23, 1, 0, 0, 0, 1, 1, 1, 1)));

    static final SenderState ONE_SHOT =
            new SenderState(life(0, 0), newcomer(), null, conduct(false), traffic(PackedRows.EMPTY), 0, 0, null);

    /** Every field is set, none to what is most likely. */
    static final SenderState FULL = new SenderState(
            life(17, DAY - 3),
            series(1),
            series(2),
            conduct(true),
            traffic(HOURS),
            NOW_MS - 86_400_001,
            NOW_MS - 7,
            new InForce(
                    Reason.NULL_SENDER_SURGE,
                    Mode.ENFORCE,
                    true,
                    123_456,
                    Horizon.DAY,
                    NOW_MS - 61_000,
                    NOW_MS + 539_000,
                    "K7Q2MKX4A9PD31WZ"));

    static final NetworkState QUIET_NETWORK = new NetworkState(DAY, 256, 70_000, 3, Members.NONE, null);

    /** One member of each kind, in the order of their keys. */
    static final NetworkState NETWORK = new NetworkState(
            DAY,
            256,
            70_000,
            3,
            Members.of(
                    HexFormat.of().parseHex("010700ada20100" + "010801ada2010705a701f403" + "010902aca20107010bc801"),
                    DAY - 1),
            FULL);

    static final Controls CONTROLS = new Controls(
            Rules.of(Map.of("growth.1d", "3", "mode.volume-surge", "enforce", "edges.denied", "mx7, mx8")),
            new Gap("weir-gap", NOW_MS, NOW_MS - 7_200_000, NOW_MS - 60_000));

    private StateSamples() {}

    static SenderState with(@Nullable InForce verdict, long seq) {
        return new SenderState(
                ONE_SHOT.life(), ONE_SHOT.mail(), null, ONE_SHOT.conduct(), ONE_SHOT.traffic(), 0, seq, verdict);
    }

    private static Life life(long activeDays, long lastActiveDay) {
        return new Life(DAY - activeDays * 2, activeDays, lastActiveDay, NOW_MS, DAY);
    }

    private static Series newcomer() {
        PerHorizon one = new PerHorizon(1_000_000, 1_000_000, 1_000_000);
        Tumbling five = new Tumbling(NOW_MS / 300_000, 1, 0);
        Tumbling hour = new Tumbling(NOW_MS / 3_600_000, 1, 0);
        return new Series(
                one,
                one,
                new Demand(NOW_MS / 60_000, 1, 1, 0, 0),
                new Damping(0, 0),
                five,
                five,
                hour,
                new DayPeaks(new PerHorizon(1, 1, 1), 0, false),
                new DayPeaks(PerHorizon.ZERO, 0, false),
                History.NONE);
    }

    private static Series series(long n) {
        PackedRows days = PackedRows.of(List.of(row(DAY - 9, 9 * n, 90, 900), row(DAY - 3, 5, 50, 500 * n, 1)));
        PackedRows months = PackedRows.of(List.of(row(24_300, 2_000, 20_000, 200_000 * n)));
        return new Series(
                new PerHorizon(12_345_678 * n, 0, -98_765_432),
                new PerHorizon(11_345_678 * n, 0, -98_765_432),
                new Demand(NOW_MS / 60_000 - n, 7, 5, 2_500, 3),
                new Damping(2, NOW_MS / 60_000 - 45),
                new Tumbling(NOW_MS / 300_000 - n, 70, 60),
                new Tumbling(NOW_MS / 300_000 - 2 * n, 50, 55),
                new Tumbling(NOW_MS / 3_600_000 - n, 400, 300),
                new DayPeaks(new PerHorizon(80, 450, 4_000 * n), 13, true),
                new DayPeaks(new PerHorizon(1, 2, 3), 1, n == 2),
                new History(days, months, new PerHorizon(1_000, 10_000, 100_000 * n)));
    }

    private static Conduct conduct(boolean full) {
        return full
                ? new Conduct(DAY - 1, new Conduct.Counts(10, 2, 7, 3), new Conduct.Counts(2_000, 200, 1_700, 1))
                : new Conduct(DAY, new Conduct.Counts(1, 0, 1, 0), Conduct.Counts.NONE);
    }

    private static Traffic traffic(PackedRows past) {
        long hour = NOW_MS / 3_600_000;
        return past.isEmpty()
                ? new Traffic(hour, new long[] {1, 1, 0, 0, 0, 0, 0, 0}, past)
                : new Traffic(hour + 1, new long[] {400, 300, 50, 25, 25, 10, 5, 1}, past);
    }

    private static Row row(long index, long... columns) {
        return new Row(index, columns);
    }
}
