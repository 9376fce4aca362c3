package io.weir.replay.suggest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The senders of one network, and whether they share work. Senders that know nothing of each other vary each on its own, so that the variance of
 * their sum is the sum of their variances; where one queue is spread over several addresses, what one sends more another sends less, and the
 * sum is steadier than that.
 *
 * @param network as events are keyed by it
 * @param senders how many there are
 * @param days on which any of them sent
 * @param ratio variance of their sum from day to day, by the sum of their variances
 */
public record Block(String network, int senders, int days, double ratio) {
    private static final int LEAST_SENDERS = 4;
    private static final int LEAST_DAYS = 7;
    /** Standard deviations below what is usual of senders on their own: one network in a thousand is there by chance. */
    private static final double UNUSUAL = 3.1;

    static Block of(String network, List<SenderStudy> senders) {
        Map<Long, Long> sums = new TreeMap<>();
        senders.forEach(one -> one.volumes().forEach((day, count) -> sums.merge(day, count, Long::sum)));
        if (sums.isEmpty()) {
            return new Block(network, senders.size(), 0, 1);
        }
        long[] together = sums.values().stream().mapToLong(Long::longValue).toArray();
        double apart = senders.stream()
                .mapToDouble(one -> one.volumes().variance(sums.size()))
                .sum();
        double ratio = apart == 0 ? 1 : DailyVolumes.variance(together, sums.size()) / apart;
        return new Block(network, senders.size(), sums.size(), ratio);
    }

    /** Whether the sum is steadier than chance would have it. */
    boolean sharesWork() {
        return senders >= LEAST_SENDERS && days >= LEAST_DAYS && ratio < byChance(days - 1);
    }

    /** The ratio that senders on their own hardly come below: a quantile of chi-square by its degrees of freedom, after Wilson and Hilferty. */
    private static double byChance(int freedom) {
        double spread = 2 / (9.0 * freedom);
        double root = 1 - spread - UNUSUAL * Math.sqrt(spread);
        return root * root * root;
    }

    /** A name for the pool, of letters, digits and hyphens. */
    public String name() {
        return "net-"
                + network.replaceAll("/.*", "").replaceAll("[^0-9a-f]+", "-").replaceAll("-+$", "");
    }
}
