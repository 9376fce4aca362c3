package io.weir.throttle;

/** One number for each horizon. */
public record PerHorizon(long fiveMinutes, long hour, long day) {
    public static final PerHorizon ZERO = new PerHorizon(0, 0, 0);

    public long get(Horizon horizon) {
        return switch (horizon) {
            case FIVE_MINUTES -> fiveMinutes;
            case HOUR -> hour;
            case DAY -> day;
        };
    }

    PerHorizon max(PerHorizon other) {
        return new PerHorizon(
                Math.max(fiveMinutes, other.fiveMinutes), Math.max(hour, other.hour), Math.max(day, other.day));
    }

    PerHorizon min(PerHorizon other) {
        return new PerHorizon(
                Math.min(fiveMinutes, other.fiveMinutes), Math.min(hour, other.hour), Math.min(day, other.day));
    }

    /** Subtracts {@code amount} from each number, down to 0. */
    PerHorizon less(long amount) {
        return new PerHorizon(Math.max(0, fiveMinutes - amount), Math.max(0, hour - amount), Math.max(0, day - amount));
    }

    PerHorizon half() {
        return new PerHorizon(fiveMinutes / 2, hour / 2, day / 2);
    }

    PerHorizon times(int factor) {
        return new PerHorizon(fiveMinutes * factor, hour * factor, day * factor);
    }

    boolean isZero() {
        return (fiveMinutes | hour | day) == 0;
    }
}
