package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsFileTest {
    private static final Setting LAX = Strategy.GREYLIST.settings().get(0);
    private static final Setting STRICT = Strategy.GREYLIST.settings().get(5);

    private static final Results RESULTS = new Results(
            "7",
            20,
            4,
            List.of(field(Strategy.shipped(), 0.1), field(LAX, 1.0 / 3)),
            field(Strategy.ceiling(), 0.05),
            List.of(field(Strategy.growths().get(1), 0.5)),
            List.of(
                    new Curve(
                            Strategy.WEIR,
                            List.of(point(Strategy.WEIR.settings().get(0), 0.2)),
                            point(Strategy.shipped(), 0.1)),
                    new Curve(Strategy.GREYLIST, List.of(point(LAX, 0.3), point(STRICT, 0.4)), point(STRICT, 0.4))));

    @Test
    void resultsAreReadAsTheyWereWritten() {
        assertThat(ResultsFile.read(ResultsFile.write(RESULTS))).isEqualTo(RESULTS);
    }

    @Test
    void everyLineHasTheCellsOfItsHeads() {
        List<String> lines = ResultsFile.write(RESULTS).lines().toList();
        for (String kind : List.of("family", "point")) {
            int heads = cells(lines.stream()
                    .filter(line -> line.startsWith("#" + kind))
                    .findFirst()
                    .orElseThrow());
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(kind))
                    .isNotEmpty()
                    .allMatch(line -> cells(line) == heads);
        }
    }

    @Test
    void whatIsNoResultIsNamedByItsLine() {
        String text = ResultsFile.write(RESULTS);
        assertThatThrownBy(() -> ResultsFile.read(text.replaceFirst("\tpulsing\t", "\tpolka\t")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 5: no family is called 'polka'");
        assertThatThrownBy(() -> ResultsFile.read(text + "more\n"))
                .hasMessageEndingWith("'more' is none of about, family, trade, point");
        assertThatThrownBy(() -> ResultsFile.read("family\tweir\n")).hasMessageStartingWith("line 1: ");
    }

    private static int cells(String line) {
        return line.split("\t", -1).length;
    }

    private static Curve.Point point(Setting setting, double abuseDelivered) {
        return new Curve.Point(setting, abuseDelivered, abuseDelivered / 7);
    }

    private static Field field(Setting setting, double delivered) {
        return new Field(
                setting,
                List.of(
                        new FamilyScore(
                                Family.PULSING,
                                new FamilyScore.Abuse(20, 1 - delivered, 1234.5, 0.95, 80, Score.NEVER, 900_000),
                                new FamilyScore.Good(1_000, 10, 1, 300_000, 400_000, 500_000, 2),
                                0),
                        new FamilyScore(
                                Family.INCIDENT,
                                new FamilyScore.Abuse(0, 0, 0, 0, 0, Score.NEVER, 0),
                                new FamilyScore.Good(5_000, 70, 0, 1, 2, 3, 1),
                                1.07)));
    }
}
