package io.weir.simulate;

/**
 * How far a sender's mail strays from its rhythm.
 *
 * @param daily standard deviation of the logarithm of a day's volume
 * @param hourlyShape an hour's volume varies by 1 / this, on top of the day's and of chance; 0 for chance alone (Poisson)
 * @param cluster messages that come together on the average, at least 1
 * @param clusterMs within what time they come
 */
public record Noise(double daily, double hourlyShape, double cluster, long clusterMs) {
    /** Chance, and days that differ. */
    public static Noise daily(double spread) {
        return new Noise(spread, 0, 1, 0);
    }
}
