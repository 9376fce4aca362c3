package io.weir.throttle;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which envelopes were deferred, so that their return counts as a retry and those that wait longest go first. Bounded: when full, the one
 * that was deferred least recently is forgotten, and counts as new if it returns. Not safe for use by several threads.
 *
 * <p>Turns belong to whom the verdict is on: newcomers that are held together wait in one queue. What each of them gets through whatever the
 * others do, its floor, is counted by sender; in IPv6 by /56, since one customer has all the senders of it.
 */
public final class EnvelopeMemory {
    /** Senders and networks whose turns are remembered, and newcomers whose floors are; the least recent one then begins anew. */
    private static final int MOST_SENDERS = 10_000;
    /** Hours that senders keep trying: more than anybody can have waited. */
    private static final double LEAST_TURNS = -5 * 24;
    /** What was not used is not saved up. */
    private static final double MOST_TURNS = 1;

    private final int capacity;
    private final long lifeMs;
    private final LinkedHashMap<Long, Deferred> deferred = new LinkedHashMap<>();
    private final LinkedHashMap<String, Double> turns = new LinkedHashMap<>();
    private final LinkedHashMap<String, Floor> floors = new LinkedHashMap<>();

    /** @param level 0 when the verdict was on the sender, else which of its networks it was on, counted from 1 */
    private record Deferred(long sinceMs, long lastMs, byte level) {}

    /** Recipients of one day (UTC). */
    private record Floor(long day, int used) {}

    /**
     * @param capacity envelopes remembered at most
     * @param lifeMs after this time without a retry an envelope is new again; senders give up after about 5 days
     */
    public EnvelopeMemory(int capacity, long lifeMs) {
        if (capacity < 1 || lifeMs < 1) {
            throw new IllegalArgumentException("capacity and life must be positive, got " + capacity + ", " + lifeMs);
        }
        this.capacity = capacity;
        this.lifeMs = lifeMs;
    }

    /** What is remembered of the envelope if it was deferred before; its attempt now is a retry then. Else null. */
    public @Nullable Waiting waiting(SenderKey sender, long envelope, long nowMs) {
        Deferred last = deferred.get(envelope);
        if (last == null || nowMs - last.lastMs >= lifeMs) {
            return null;
        }
        boolean again = nowMs / Horizon.SLOT_MS == last.lastMs / Horizon.SLOT_MS;
        return new Waiting(last.sinceMs, again, turns.getOrDefault(holder(sender, last.level), 0.0));
    }

    /** How many recipients of today the sender, or its /56, got through on its floor. */
    public int floorUsed(SenderKey sender, long nowMs) {
        Floor floor = floors.get(floorOf(sender));
        return floor != null && floor.day == nowMs / Horizon.DAY.millis() ? floor.used : 0;
    }

    /** Takes note of what an edge answered. */
    public void answered(SenderKey sender, long envelope, Answer answer, long nowMs) {
        Waiting waiting = waiting(sender, envelope, nowMs);
        byte level = level(sender, answer);
        if (answer instanceof Answer.WithinFloor) {
            useFloor(sender, nowMs);
        } else if (waiting != null && !waiting.again()) {
            useTurn(holder(sender, level), answer);
        }
        deferred.remove(envelope);
        if (answer.defers()) {
            deferred.put(envelope, new Deferred(waiting == null ? nowMs : waiting.sinceMs(), nowMs, level));
            forgetEldest(deferred, capacity);
        }
    }

    /** One recipient more passes on the floor. */
    public void useFloor(SenderKey sender, long nowMs) {
        String holder = floorOf(sender);
        int used = floorUsed(sender, nowMs) + 1;
        floors.remove(holder);
        floors.put(holder, new Floor(nowMs / Horizon.DAY.millis(), used));
        forgetEldest(floors, MOST_SENDERS);
    }

    private void useTurn(String holder, Answer answer) {
        double fraction = answer.fraction();
        if (fraction < 1) {
            double after = turns.getOrDefault(holder, 0.0) + fraction - (answer.defers() ? 0 : 1);
            turns.remove(holder);
            turns.put(holder, Math.max(LEAST_TURNS, Math.min(MOST_TURNS, after)));
            forgetEldest(turns, MOST_SENDERS);
        }
    }

    private static byte level(SenderKey sender, Answer answer) {
        Verdict verdict = verdict(answer);
        if (verdict == null || verdict.client().equals(sender.text())) {
            return 0;
        }
        List<NetworkKey> networks = sender.networks();
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).text().equals(verdict.client())) {
                return (byte) (i + 1);
            }
        }
        return 0;
    }

    private static @Nullable Verdict verdict(Answer answer) {
        if (answer instanceof Answer.Throttled throttled) {
            return throttled.verdict();
        }
        return answer instanceof Answer.WithinShare within ? within.verdict() : null;
    }

    private static String holder(SenderKey sender, byte level) {
        List<NetworkKey> networks = level == 0 ? List.of() : sender.networks();
        return level == 0 || level > networks.size()
                ? sender.text()
                : networks.get(level - 1).text();
    }

    private static String floorOf(SenderKey sender) {
        List<NetworkKey> networks = sender.networks();
        return networks.size() > 1 ? networks.get(0).text() : sender.text();
    }

    private static <K, V> void forgetEldest(LinkedHashMap<K, V> map, int most) {
        if (map.size() > most) {
            Map.Entry<K, V> eldest = map.entrySet().iterator().next();
            map.remove(eldest.getKey());
        }
    }

    public int size() {
        return deferred.size();
    }
}
