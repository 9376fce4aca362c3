package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.scenario.Family;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TablesTest {
    @Test
    void numbersAreShortAndHonest() {
        assertThat(List.of(Cells.share(0), Cells.share(0.00013), Cells.share(0.0049), Cells.share(0.974)))
                .containsExactly("0", "0.013%", "0.49%", "97.4%");
        assertThat(List.of(
                        Cells.span(42_400),
                        Cells.span(420_000),
                        Cells.span(12_600_000),
                        Cells.span(259_200_000),
                        Cells.span(Score.NEVER),
                        Cells.delay(0)))
                .containsExactly("42 s", "7 min", "3.5 h", "3.0 d", "never", "-");
    }

    @Test
    void aTableIsFlushInATerminalAndMarkdownElsewhere() {
        TextTable table =
                new TextTable("family", "lost").row(List.of("nat", "0")).row(List.of("x", "1,200"));
        assertThat(table.plain()).isEqualTo("family   lost\nnat         0\nx       1,200\n");
        assertThat(table.markdown()).isEqualTo("| family | lost |\n|---|---:|\n| nat | 0 |\n| x | 1,200 |\n");
    }

    @Test
    void delaysAreQuantilesOfThoseThatWaitedAndAMedianOfAll() {
        Delays delays =
                Delays.together(List.of(new Delays(new long[] {10, 30}, 1), new Delays(new long[] {20, 40, 50}, 0)));
        assertThat(delays.quantile(0.5)).isEqualTo(30);
        assertThat(delays.quantile(1)).isEqualTo(50);
        assertThat(delays.medianOfAll()).isEqualTo(30);
        assertThat(new Delays(new long[] {10, 30}, 5).medianOfAll()).isZero();
        assertThat(new Delays(new long[0], 0).quantile(0.99)).isZero();
    }

    @Test
    void anAimThatIsMissedSaysWhatWasReached() {
        Field weir = field(0.9, 3);
        List<Aims.Result> missed = Aims.shipped().results(weir, field(0.99, 0)).stream()
                .filter(result -> !result.isReached())
                .toList();
        assertThat(missed)
                .extracting(
                        result -> result.measure().id() + " " + result.measure().text(result.value()))
                .containsExactly("abuse-deferred 90.0%", "of-ceiling 90.9%", "lost 3");
    }

    @Test
    void ofAGridTheBestOnBothCountsAreKeptAndTheCheapestNamed() {
        List<Strategy.Setting> settings = Strategy.GREYLIST.settings();
        List<Field> fields = List.of(
                new Field(settings.get(0), List.of(family(0.9, 100))),
                new Field(settings.get(1), List.of(family(0.5, 0))),
                new Field(settings.get(2), List.of(family(0.4, 50))));
        Tuned tuned = Tuned.of(Strategy.GREYLIST, fields);
        assertThat(tuned.front()).containsExactly(settings.get(0), settings.get(1));
        assertThat(tuned.cheapest()).isEqualTo(settings.get(1));
    }

    @Test
    void thePictureIsWellFormed() throws Exception {
        Curve.Point point = Curve.Point.of(field(0.9, 3));
        String svg = CurvePicture.of(List.of(
                new Curve(Strategy.WEIR, List.of(point, Curve.Point.of(field(0.5, 0))), point)));
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(4);
    }

    @Test
    void aCurveTellsWhatItCanDoWhereAnotherIs() {
        Curve curve = new Curve(
                Strategy.GREYLIST,
                List.of(point(0, 0.2, 0.3), point(1, 0.5, 0.1), point(2, 0.8, 0.01)),
                point(1, 0.5, 0.1));
        assertThat(curve.leastAbuse(0.1)).hasValue(0.5);
        assertThat(curve.leastAbuse(0.001)).isEmpty();
        assertThat(curve.leastDeferred(0.6)).hasValue(0.1);
        assertThat(curve.leastDeferred(0.1)).isEmpty();
        Curve better = new Curve(Strategy.WEIR, List.of(point(3, 0.2, 0.1), point(4, 0.7, 0.01)), point(3, 0.2, 0.1));
        assertThat(better.matches(curve)).isEqualTo(3);
        assertThat(curve.matches(better)).isZero();
    }

    private static Curve.Point point(int setting, double abuseDelivered, double goodDeferred) {
        return new Curve.Point(Strategy.GREYLIST.settings().get(setting), abuseDelivered, goodDeferred);
    }

    private static Field field(double abuseDeferred, long lost) {
        return new Field(Strategy.shipped(), List.of(family(abuseDeferred, lost)));
    }

    /** Of 1,000 messages twice as many were deferred as were lost. */
    private static FamilyScore family(double abuseDeferred, long lost) {
        Score score = new Score(
                Family.PULSING,
                1,
                new Score.Abuse(10_000, Math.round(10_000 * (1 - abuseDeferred)), 40, 5_000, 1),
                new Score.Good(1_000, 2 * lost, lost, new Delays(new long[0], 1_000)),
                0,
                0,
                0);
        return FamilyScore.of(Family.PULSING, List.of(score));
    }
}
