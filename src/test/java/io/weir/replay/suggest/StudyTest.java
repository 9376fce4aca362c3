package io.weir.replay.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Outcome;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Rules;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StudyTest {
    private final MadeUpSite site = new MadeUpSite();

    private Study study() {
        Study study = new Study(Rules.DEFAULTS);
        site.events().forEach(study::add);
        return study;
    }

    /** Of twenty good newcomers the n-th begins with n recipients at once, and as many an hour later. */
    private void goodNewcomers() {
        for (int n = 1; n <= 20; n++) {
            site.mail("203.0." + n + ".1", 10.3, n, Outcome.ADMITTED);
            site.mail("203.0." + n + ".1", 10.35, n, Outcome.ADMITTED);
            site.daily("203.0." + n + ".1", 12, 25, 5, Outcome.ADMITTED);
        }
    }

    @Test
    void whatNewcomersNeedIsWhatTheGoodOnesSentAtFirst() {
        site.daily("198.51.100.1", 0, 25, 900, Outcome.ADMITTED);
        goodNewcomers();
        site.mail("192.0.2.1", 12.5, 9_000, Outcome.ADMITTED);
        site.daily("192.0.2.2", 12, 25, 9_000, Outcome.REJECTED);
        site.daily("192.0.2.2", 12, 25, 900, Outcome.ADMITTED);
        site.mail("203.0.20.1", 10.36, 800, Outcome.ADMITTED, true);

        Study study = study();

        assertThat(study.provenBeginnings())
                .as("not who was there before, came once, or was rejected")
                .hasSize(20);
        assertThat(study.newcomers()).isEqualTo(22);
        assertThat(study.needed()).as("without bounces").isEqualTo(new PerHorizon(19, 19, 38));
    }

    @Test
    void fewSayNothing() {
        site.mail("198.51.100.1", 0, 1, Outcome.ADMITTED);
        for (int n = 1; n < Study.LEAST_SENDERS; n++) {
            site.daily("203.0." + n + ".1", 10, 25, 50, Outcome.ADMITTED);
        }
        assertThat(study().provenBeginnings()).hasSize(Study.LEAST_SENDERS - 1);
        assertThat(study().needed()).isEqualTo(PerHorizon.ZERO);
    }

    @Test
    void addressesThatTakeTurnsShareWork() {
        for (int day = 0; day < 20; day++) {
            site.mail("203.0.113." + (1 + day % 5), day + 0.5, 100 + day % 3, Outcome.ADMITTED);
        }
        assertThat(study().blocks()).singleElement().satisfies(block -> {
            assertThat(block.network()).isEqualTo("203.0.113.0/24");
            assertThat(block.senders()).isEqualTo(5);
            assertThat(block.days()).isEqualTo(20);
            assertThat(block.name()).isEqualTo("net-203-0-113-0");
        });
    }

    /** The sum of many is steadier than each of them, and that alone says nothing. */
    @Test
    void neighboursThatKnowNothingOfEachOtherDoNot() {
        SplittableRandom random = new SplittableRandom(7);
        for (int network = 0; network < 200; network++) {
            for (int host = 1; host <= 16; host++) {
                for (int day = 0; day < 20; day++) {
                    int recipients = (int) (random.nextDouble() * random.nextDouble() * 100);
                    site.mail("203.0." + network + "." + host, day + 0.5, 1 + recipients, Outcome.ADMITTED);
                }
            }
        }
        site.daily("192.0.2.1", 0, 20, 50, Outcome.ADMITTED);
        site.daily("192.0.2.2", 0, 20, 50, Outcome.ADMITTED);
        site.daily("192.0.2.3", 0, 20, 50, Outcome.ADMITTED);
        site.daily("192.0.2.4", 0, 20, 50, Outcome.ADMITTED);
        assertThat(study().blocks()).hasSizeLessThanOrEqualTo(1);
    }
}
