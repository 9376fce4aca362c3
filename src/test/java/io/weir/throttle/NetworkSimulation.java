package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.RetrySchedule;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Campaigns from many addresses of one network, each of which stays under what a newcomer may send; one edge, verdicts a second late. What is kept
 * out by the end of the day counts, not what is deferred at first: the campaigns try again as Postfix does.
 */
class NetworkSimulation {
    private static final long MORNING = Scenario.time(1, "08:00");
    private static final long EVENING = Scenario.time(1, "18:00");
    private static final long MIDNIGHT = Scenario.time(2, "00:00");

    private final Scenario site = Scenario.enforcing().rules(RuleKey.NOISE, "3").at(1, "00:00");

    private Campaign campaign(int seed, boolean persistent) {
        return new Campaign(
                site, new SiteEdge(site, 1_000), new Random(seed), persistent ? RetrySchedule.POSTFIX : null);
    }

    @ParameterizedTest
    @CsvSource({"250, 40, 0.85", "250, 100, 0.93", "40, 200, 0.87", "16, 300, 0.83"})
    void aSnowshoeCampaignIsKeptOut(int hosts, int each, double least) {
        Random random = new Random(hosts);
        Campaign campaign = campaign(each, true)
                .sends(hosts * each, MORNING, EVENING, () -> "203.0.113." + random.nextInt(hosts))
                .run(MIDNIGHT);
        assertThat(campaign.deferredAtFirst()).isGreaterThan(0.9);
        assertThat(campaign.kept()).isGreaterThan(least);
    }

    @Test
    void rotationThroughA56IsKeptOutThoughItTriesAgain() {
        Random random = new Random(56);
        Campaign campaign = campaign(56, true)
                .sends(20_000, MORNING, EVENING, () -> "2001:db8:1:2%02x::25".formatted(random.nextInt(256)))
                .run(EVENING);
        assertThat(campaign.kept()).isGreaterThan(0.95);
    }

    @Test
    void rotationThroughA48IsKeptOut() {
        Random random = new Random(48);
        Campaign campaign = campaign(48, false)
                .sends(20_000, MORNING, EVENING, () -> "2001:db8:1:%04x::25".formatted(random.nextInt(65_536)))
                .run(MIDNIGHT);
        assertThat(campaign.kept()).isGreaterThan(0.95);
    }

    /** Forty addresses that nobody declared a pool, with 5,000 recipients a day each; one day eight more take their part. */
    @Test
    void aProvidersNewAddressesAreNotDeferred() {
        site.learning(14);
        Random random = new Random(7);
        SiteEdge edge = new SiteEdge(site, 1_000);
        int deferred = 0;
        for (int day = 1; day <= 23; day++) {
            int hosts = day < 21 ? 40 : 48;
            int events = 40 * 250;
            for (int i = 0; i < events; i++) {
                site.at(day, "00:00").pass(Scenario.DAY_MS * i / events);
                int recipients = 1 + random.nextInt(2 * 20);
                boolean defers = edge.attempt("203.0.113." + random.nextInt(hosts), random.nextLong(), recipients)
                        .defers();
                deferred += defers ? recipients : 0;
            }
        }
        assertThat(deferred).isLessThan(3 * 8 * 5_000 / 1_000);
    }
}
