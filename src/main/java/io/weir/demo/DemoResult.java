package io.weir.demo;

import java.time.Duration;
import java.util.List;

/**
 * What a demo came to. All of it was read back from the topics and the stores, or counted by the edges that obeyed the verdicts.
 *
 * @param past the four weeks before the incidents
 * @param actors those the incidents are about
 * @param flush everybody's mail in the hour after our outage
 * @param background everybody else's mail in the week of the incidents
 * @param open throttles that had not ended when the week did
 * @param steps of the lock-step
 * @param verdicts read in all
 * @param elapsed from the start of the broker to the end of the play
 */
public record DemoResult(
        Past past,
        List<Actor> actors,
        Tally.Counts flush,
        Background background,
        int open,
        int steps,
        long verdicts,
        Duration elapsed) {
    /**
     * The history, open loop.
     *
     * @param verdicts on anybody in these weeks
     */
    public record Past(int senders, long events, long recipients, long verdicts) {}

    /**
     * One kind of mail that an incident is about.
     *
     * @param counts what edges answered to it
     * @param episodes every throttle of its address
     * @param judged attempts from its address in the week of the incidents, as the engine's store has them
     */
    public record Actor(String name, String address, Tally.Counts counts, List<Episode> episodes, long judged) {
        public Actor {
            episodes = List.copyOf(episodes);
        }
    }

    /**
     * The rest of the senders.
     *
     * @param throttled throttles of any of them
     */
    public record Background(int senders, Tally.Counts counts, List<Episode> throttled) {
        public Background {
            throttled = List.copyOf(throttled);
        }
    }

    public DemoResult {
        actors = List.copyOf(actors);
    }
}
