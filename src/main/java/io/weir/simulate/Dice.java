package io.weir.simulate;

import java.util.SplittableRandom;

/** Chance that is the same in every run, on every machine: what it gives follows from a seed and a place in time. */
public final class Dice {
    /** Above this mean a Poisson count is taken from the normal distribution, which is as good there and faster. */
    private static final double LARGE_MEAN = 40;

    private Dice() {}

    public static SplittableRandom at(long seed, long place) {
        // Neighbouring places must not give similar sequences.
        return new SplittableRandom(mix(seed) ^ mix(place * 0x9E3779B97F4A7C15L + 1));
    }

    /** The finaliser of MurmurHash3. */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** A number from 0 to 1 that stands for a value. */
    public static double part(long value) {
        return (mix(value) >>> 11) * 0x1p-53;
    }

    public static int poisson(SplittableRandom random, double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > LARGE_MEAN) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
        }
        double limit = StrictMath.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** By Box and Muller. */
    public static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /**
     * A factor of mean 1 whose variance is 1 / {@code shape}: a Poisson count whose mean is multiplied by it is negative-binomial. By Marsaglia
     * and Tsang (2000).
     *
     * @param shape at least 1
     */
    public static double gamma(SplittableRandom random, double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian(random);
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                if (StrictMath.log(1 - random.nextDouble()) < x * x / 2 + d * (1 - v + StrictMath.log(v))) {
                    return d * v / shape;
                }
            }
        }
    }

    /** A count of at least 1 with this mean, geometric. */
    public static int geometric(SplittableRandom random, double mean) {
        return mean <= 1 ? 1 : 1 + (int) (StrictMath.log(1 - random.nextDouble()) / StrictMath.log(1 - 1 / mean));
    }
}
