package io.weir.simulate.score;

import io.weir.simulate.scenario.Fates;
import java.util.Arrays;
import java.util.List;

/**
 * How long messages waited that were deferred and then delivered.
 *
 * @param sortedMs shortest first; not to be changed
 * @param undelayed messages that passed at once
 */
record Delays(long[] sortedMs, long undelayed) {
    static final Delays NONE = new Delays(new long[0], 0);

    static Delays of(List<Fates> fates) {
        long[] all = fates.stream()
                .flatMapToLong(fate -> Arrays.stream(fate.delaysMs()))
                .sorted()
                .toArray();
        long messages = fates.stream().mapToLong(Fates::messages).sum();
        long deferred = fates.stream().mapToLong(Fates::messagesDeferred).sum();
        return new Delays(all, messages - deferred);
    }

    static Delays together(List<Delays> several) {
        return new Delays(
                several.stream()
                        .flatMapToLong(delays -> Arrays.stream(delays.sortedMs))
                        .sorted()
                        .toArray(),
                several.stream().mapToLong(Delays::undelayed).sum());
    }

    /** Of those that waited, the wait that this part of them did not exceed; 0 when nobody waited. */
    long quantile(double part) {
        return sortedMs.length == 0 ? 0 : sortedMs[(int) Math.min(sortedMs.length - 1.0, part * sortedMs.length)];
    }

    /** The wait that half of all messages did not exceed, those that did not wait included. */
    long medianOfAll() {
        long half = (undelayed + sortedMs.length) / 2;
        return half < undelayed || sortedMs.length == 0 ? 0 : sortedMs[(int) (half - undelayed)];
    }
}
