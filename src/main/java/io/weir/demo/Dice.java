package io.weir.demo;

import java.util.SplittableRandom;

/** Chance that is the same in every run: what it gives follows from a seed and a place in time. */
final class Dice {
    /** Above this mean a Poisson count is taken from the normal distribution, which is as good there and faster. */
    private static final double LARGE_MEAN = 40;

    private Dice() {}

    static SplittableRandom at(long seed, long place) {
        // Neighbouring places must not give similar sequences.
        return new SplittableRandom(mix(seed) ^ mix(place * 0x9E3779B97F4A7C15L + 1));
    }

    /** The finaliser of MurmurHash3. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    static int poisson(SplittableRandom random, double mean) {
        if (mean <= 0) {
            return 0;
        }
        if (mean > LARGE_MEAN) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * gaussian(random)));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** By Box and Muller. */
    static double gaussian(SplittableRandom random) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
