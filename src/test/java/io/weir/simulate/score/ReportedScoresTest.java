package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedFile;
import io.weir.simulate.defence.Strategy;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is published is what was found, and is still found: the figures in {@code deploy/scoreboard.tsv} take {@code ./weir scoreboard --out
 * deploy} some minutes, so here they are read, and a part of them is found again.
 */
class ReportedScoresTest {
    private static final String FILE = "deploy/scoreboard.tsv";
    private static final String BEGIN = "<!-- scoreboard: made of deploy/scoreboard.tsv by ReportedScoresTest -->\n";
    private static final String END = "<!-- end of scoreboard -->\n";

    /** Cheap ones, of every kind. */
    private static final List<Family> AGAIN =
            List.of(Family.SECONDARY_MX, Family.HIJACKED_X20, Family.NEWCOMER_BLAST, Family.POISONING);

    private static String text() throws IOException {
        return Files.readString(Path.of(FILE));
    }

    @Test
    void pageAndPictureAreMadeOfTheFigures() throws IOException {
        Scoreboard.Published published = Scoreboard.Published.of(text());
        GeneratedFile.assertUpToDate(ReportedScoresTest.class, "deploy/scoreboard.md", published.page());
        GeneratedFile.assertUpToDate(ReportedScoresTest.class, "deploy/scoreboard.svg", published.picture());
    }

    @Test
    void theReadmeShowsThem() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        assertThat(end)
                .as("README.md has a part between '%s' and '%s'", BEGIN.strip(), END.strip())
                .isGreaterThanOrEqualTo(begin);
        String summary = Scoreboard.Published.of(text()).summary();
        GeneratedFile.assertUpToDate(
                ReportedScoresTest.class,
                "README.md",
                readme.substring(0, begin) + "\n" + summary + "\n" + readme.substring(end));
    }

    @Test
    void theyAreOfThisVersionsScenariosSeedsAndSettings() throws IOException {
        Results results = ResultsFile.read(text());
        Ranges ranges = Ranges.shipped();
        assertThat(results.scenarios()).isEqualTo(ranges.version());
        assertThat(results.seeds()).isEqualTo(ranges.reportingSeeds().size());
        assertThat(results.fields())
                .extracting(Field::contestant)
                .isEqualTo(Tuned.shipped().stream().map(Tuned::marked).toList());
        assertThat(results.curves())
                .extracting(curve ->
                        curve.points().stream().map(Curve.Point::setting).toList())
                .containsExactlyElementsOf(
                        Tuned.shipped().stream().map(Tuned::front).toList());
        assertThat(results.weir().families()).extracting(FamilyScore::family).containsExactly(Family.values());
    }

    @Test
    void whatIsFoundAgainIsTheSame() throws IOException, InterruptedException {
        Results results = ResultsFile.read(text());
        List<Field> again;
        try (Runner runner = new Runner(Ranges.shipped(), 2, (done, of) -> {})) {
            again = runner.run(
                    List.of(Strategy.shipped(), Strategy.ceiling()),
                    AGAIN,
                    Ranges.shipped().reportingSeeds());
        }
        assertThat(again.get(0).families())
                .as("the figures in %s; when the judgement has changed: ./weir scoreboard --out deploy", FILE)
                .isEqualTo(of(results.weir()));
        assertThat(again.get(1).families()).isEqualTo(of(results.bound()));
    }

    private static List<FamilyScore> of(Field field) {
        return field.families().stream()
                .filter(score -> AGAIN.contains(score.family()))
                .toList();
    }

    @Test
    void whatMissesItsAimSaysWhy() throws IOException {
        Results results = ResultsFile.read(text());
        assertThat(Aims.shipped().results(results.weir(), results.bound()))
                .filteredOn(result -> !result.isReached())
                .allSatisfy(result -> assertThat(result.why())
                        .as(
                                "%s.%s.why in aims.properties",
                                result.family().id(), result.measure().id())
                        .isNotEmpty());
    }
}
