package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.DemoResult.Actor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the demo shows, as assertions; the same on every stage. */
final class Promises {
    private Promises() {}

    static void hold(DemoResult result) {
        theHijackedAccountIsHeldBackAndItsOwnersMailArrives(result);
        theNewcomerAtFullBlastIsHeldBack(result);
        whoDoesNothingUnusualIsNeverDeferred(result);
        theQueuesAfterOurOutageAreLetIn(result);
        theRetryStormDrains(result);
        manyThatEachStaySmallAreHeldTogether(result);
        noThrottleIsLeft(result);
        theStoreAgreesWithTheEdges(result);
    }

    private static void theHijackedAccountIsHeldBackAndItsOwnersMailArrives(DemoResult result) {
        Actor thief = actor(result, "office: the hijacked account");
        assertThat(thief.episodes())
                .isNotEmpty()
                .allSatisfy(episode -> assertThat(episode.first().reason()).isEqualTo("volume-surge"))
                .allSatisfy(episode -> assertThat(episode.first().as()).isEqualTo(510))
                .allSatisfy(episode -> assertThat(episode.enforced()).isTrue());
        assertThat(thief.counts().messages()).isGreaterThan(10_000);
        assertThat(thief.counts().shareNotAdmitted()).isGreaterThan(0.8);

        Tally.Counts own = actor(result, "office: its own mail").counts();
        assertThat(own.admitted()).isEqualTo(own.messages());
        assertThat(own.longestDelayMs()).isLessThan(6 * DemoCalendar.HOUR_MS);
    }

    private static void theNewcomerAtFullBlastIsHeldBack(DemoResult result) {
        Actor blaster = actor(result, "newcomer at full blast");
        assertThat(blaster.episodes())
                .isNotEmpty()
                .allSatisfy(episode -> assertThat(episode.first().reason()).isEqualTo("newcomer-volume"));
        assertThat(blaster.counts().shareNotAdmitted()).isGreaterThan(0.95);
    }

    private static void whoDoesNothingUnusualIsNeverDeferred(DemoResult result) {
        assertThat(result.past().verdicts()).isZero();
        Actor ramper = actor(result, "newcomer on the ramp");
        // 228 on the first day and twice as much on each of the four that follow.
        assertThat(ramper.counts().messages()).isBetween(6_900L, 7_100L);
        assertThat(ramper.counts().messagesDeferred()).isZero();
        assertThat(ramper.episodes()).isEmpty();
        Actor newsletter = actor(result, "weekly newsletter");
        assertThat(newsletter.counts().messages()).isGreaterThan(10_000);
        assertThat(newsletter.counts().messagesDeferred()).isZero();
        assertThat(newsletter.episodes()).isEmpty();
        assertThat(result.background().senders()).isEqualTo(200);
        assertThat(result.background().counts().messages()).isGreaterThan(300_000);
        assertThat(result.background().counts().messagesDeferred()).isZero();
        assertThat(result.background().throttled()).isEmpty();
    }

    private static void theQueuesAfterOurOutageAreLetIn(DemoResult result) {
        assertThat(result.flush().messages()).isGreaterThan(8_000);
        assertThat(result.flush().messagesDeferred()).isZero();
    }

    private static void theRetryStormDrains(DemoResult result) {
        Actor storm = actor(result, "shop: the mailing");
        assertThat(storm.counts().retries()).isGreaterThan(3_000);
        assertThat(storm.counts().admitted())
                .isEqualTo(storm.counts().messages())
                .isEqualTo(700);
        assertThat(storm.counts().longestDelayMs()).isBetween(DemoCalendar.MINUTE_MS, 2 * DemoCalendar.HOUR_MS);
        assertThat(storm.episodes()).isNotEmpty();
        Tally.Counts own = actor(result, "shop: its own mail").counts();
        assertThat(own.admitted()).isEqualTo(own.messages());
    }

    private static void manyThatEachStaySmallAreHeldTogether(DemoResult result) {
        Actor snowshoe = actor(result, "snowshoe, 120 addresses");
        assertThat(snowshoe.episodes())
                .isNotEmpty()
                .allSatisfy(episode -> assertThat(episode.first().client()).isEqualTo("198.18.200.0/24"))
                .allSatisfy(episode -> assertThat(episode.first().reason()).isEqualTo("network-newcomers"));
        assertThat(snowshoe.counts().messages()).isEqualTo(3_600);
        assertThat(snowshoe.counts().shareNotAdmitted()).isGreaterThan(0.85);
    }

    private static void noThrottleIsLeft(DemoResult result) {
        assertThat(result.open()).isZero();
        assertThat(result.actors())
                .flatExtracting(Actor::episodes)
                .allSatisfy(episode -> assertThat(episode.toMs()).isGreaterThan(episode.fromMs()));
    }

    private static void theStoreAgreesWithTheEdges(DemoResult result) {
        Map<String, Long> answered = new LinkedHashMap<>();
        Map<String, Long> judged = new LinkedHashMap<>();
        for (Actor actor : result.actors()) {
            answered.merge(actor.address(), actor.counts().attempts(), Long::sum);
            judged.put(actor.address(), actor.judged());
        }
        assertThat(judged).isEqualTo(answered);
    }

    private static Actor actor(DemoResult result, String name) {
        return result.actors().stream()
                .filter(actor -> actor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is called " + name));
    }
}
