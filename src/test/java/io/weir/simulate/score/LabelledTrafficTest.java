package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelledTrafficTest {
    private static final Ranges RANGES = Ranges.shipped();

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"STEADY", "HIJACKED_X20", "MIGRATION_POOLED", "IPV6_48", "JOE_JOB"})
    void everyLineIsAnEventWithItsTruth(Family family) throws IOException {
        List<String> lines = lines(family, 3);
        List<Long> times = new ArrayList<>();
        EventJson json = new EventJson();
        for (String line : lines) {
            ConnectionEvent event = (ConnectionEvent) json.read(line.getBytes(StandardCharsets.UTF_8));
            times.add(event.occurredAtMs());
        }
        assertThat(times).hasSizeGreaterThan(100).isSorted();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"family\":\"" + family.id() + "\"")
                        .containsPattern(
                                "\"truth\":\"(legitimate|abusive)\",\"source\":\"\\w+\",\"retrySchedule\":\""));
        assertThat(lines).anyMatch(line -> line.contains(family.truth().label()));
    }

    @Test
    void theSameSeedGivesTheSameTraffic() throws IOException {
        assertThat(lines(Family.PULSING, 4)).isEqualTo(lines(Family.PULSING, 4));
        assertThat(lines(Family.PULSING, 4)).isNotEqualTo(lines(Family.PULSING, 5));
    }

    @Test
    void anOutageIsSilenceThenAGapThenTheQueues() throws IOException {
        EventJson json = new EventJson();
        List<WeirEvent> events = new ArrayList<>();
        for (String line : lines(Family.OUTAGE, 2)) {
            events.add(json.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        Gap gap =
                (Gap) events.stream().filter(Gap.class::isInstance).findFirst().orElseThrow();
        assertThat(events)
                .filteredOn(ConnectionEvent.class::isInstance)
                .extracting(event -> ((ConnectionEvent) event).occurredAtMs())
                .noneMatch(ms -> ms >= gap.fromMs() && ms < gap.toMs())
                .isSorted();
    }

    private static List<String> lines(Family family, long seed) throws IOException {
        StringBuilder out = new StringBuilder();
        LabelledTraffic.write(family.scenario(RANGES, seed), out);
        return out.toString().lines().toList();
    }
}
