package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.SharedData;
import io.weir.replay.SimulatedMonth;
import io.weir.serde.EventJson;
import io.weir.serde.VerdictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay without a broker. */
class ReplayCommandTest {
    @TempDir
    static Path dir;

    private static Path month;

    @BeforeAll
    static void write() throws IOException {
        month = dir.resolve("month.jsonl");
        EventJson json = new EventJson();
        try (OutputStream out = Files.newOutputStream(month)) {
            for (var event : new SimulatedMonth(5, 20, 6).mail()) {
                out.write(json.write(event));
                out.write('\n');
            }
        }
    }

    private static Run replay(String... args) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(args));
        all.addAll(List.of("-D", "data.dir=" + dir.resolve("data")));
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void saysWhichWayAndWhatItRestsOn() {
        Run run = replay(month.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines())
                .anyMatch(line -> line.startsWith("The way is what-if: "))
                .anyMatch(line -> line.startsWith("What came before 2026-10-18T"))
                .contains("Every reason is judged as if it were enforced.")
                .anyMatch(line -> line.startsWith("Senders try again as postfix does"))
                .anyMatch(line -> line.startsWith("Way what-if, "))
                .anyMatch(line ->
                        line.matches(SimulatedMonth.HIJACKED.replace(".", "\\.") + " +established +volume-surge .*"));
        assertThat(dir.resolve("data")).doesNotExist();
    }

    @Test
    void writesWhatIsAskedFor() throws IOException {
        Path decisions = dir.resolve("decisions.jsonl");
        Path verdicts = dir.resolve("verdicts.jsonl");
        Path summary = dir.resolve("summary.json");
        Path report = dir.resolve("report.html");
        Run run = replay(
                month.toString(),
                "--decisions",
                decisions.toString(),
                "--verdicts",
                verdicts.toString(),
                "--summary",
                summary.toString(),
                "--report",
                report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("wrote " + decisions, "wrote " + report);

        ObjectMapper json = new ObjectMapper();
        JsonNode totals = json.readTree(summary.toFile());
        assertThat(totals.path("way").asText()).isEqualTo("what-if");
        long tried = 0;
        long deferred = 0;
        for (String line : Files.readAllLines(decisions)) {
            JsonNode decision = json.readTree(line);
            boolean isRetry = decision.has("sinceMs");
            tried += isRetry ? 0 : decision.path("attempts").asLong();
            deferred += decision.path("decision").asText().equals("deferred")
                    ? decision.path("attempts").asLong()
                    : 0;
        }
        assertThat(tried).isEqualTo(totals.path("attempts").asLong());
        assertThat(deferred).isPositive().isEqualTo(totals.path("deferrals").asLong());
        assertThat(Files.readAllLines(verdicts))
                .hasSize(totals.path("verdicts").asInt())
                .allSatisfy(line -> VerdictJson.read(line.getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.readString(report)).contains("What Weir would have deferred", month + " (events of ");
    }

    @Test
    void rulesAreComparedByName() throws IOException {
        Path loose = Files.writeString(
                dir.resolve("loose.rules"), "newcomer.5m=1000\nnewcomer.1h=6000\nnewcomer.1d=50000\n");
        Path site = Files.writeString(dir.resolve("site.rules"), "noise=2\n");
        Run run = replay(month.toString(), "--rules", loose.toString(), "--against", site.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Way what-if: " + loose + " (new) against " + site + " (old).")
                .contains("recipients deferred at first")
                .contains("hours that recipients waited")
                .contains("Deferred by the old rules alone: ");
        assertThat(run.out().substring(run.out().indexOf("Deferred by the old rules alone")))
                .contains(SimulatedMonth.BLAST);
    }

    @Test
    void asRecordedNothingComesBack() {
        Run run = replay(month.toString(), "--as-recorded", "--learn-days", "10");
        assertThat(run.lines())
                .anyMatch(line -> line.startsWith("The way is as-recorded: "))
                .anyMatch(line -> line.contains("(10 days of "))
                .noneMatch(line -> line.contains("came in later"));
    }

    /** A day is too short to learn from, and that is said. */
    @Test
    @SharedData.Needed("maillogs/kdent/mail.log")
    void aRealDayIsJudgedWithoutLearning() throws IOException {
        Path strict = Files.writeString(
                dir.resolve("strict.rules"), "newcomer.5m=4\nnewcomer.1h=8\nnewcomer.1d=12\nfloor.5m=2\nfloor.1h=4\n");
        Run run = replay(
                SharedData.file("maillogs/kdent/mail.log").toString(), "--year", "2015", "--rules", strict.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines())
                .contains("      1251  events")
                .contains("Nothing was learnt before: whoever sends is a newcomer at first.")
                .anyMatch(line -> line.startsWith("Way what-if, 487 recipients tried by 274 senders."))
                .anyMatch(line -> line.contains("newcomer-volume"));
    }

    @Test
    void whatCannotBeIsSaidInOneLine() throws IOException {
        assertFails("give logs to replay, or --from-kafka");
        assertFails(
                "--what-if and --as-recorded are two ways: give one of them",
                month.toString(),
                "--what-if",
                "--as-recorded");
        assertFails(
                "--retry-model must be one of postfix, exim, exchange, none, got 'qmail'",
                month.toString(),
                "--retry-model",
                "qmail");
        assertFails(
                "--verdict-delay must be a time such as 500ms, 2s or 1m, an hour at most, got 'soon'",
                month.toString(),
                "--verdict-delay",
                "soon");
        assertFails("--learn-days must be 0 to 3650, got -1", month.toString(), "--learn-days", "-1");
        assertFails("--since and --until go with --from-kafka", month.toString(), "--since", "2026-10-01T00:00Z");
        assertFails("--bootstrap goes with --to-kafka", month.toString(), "--bootstrap");
        assertFails(
                "--suggest finds rules by itself, on the way what-if", month.toString(), "--suggest", "--as-recorded");
        assertFails("--suggest reads logs", "--from-kafka", "--suggest");
        assertFails(
                "--suggest reads logs several times, which standard input cannot be, and prints nothing but rules",
                month.toString(),
                "--suggest",
                "--summary",
                dir.resolve("suggested.json").toString());
        assertFails(
                "cannot write " + dir.resolve("nowhere/x.html") + ": it is no file in a directory that exists",
                month.toString(),
                "--report",
                dir.resolve("nowhere/x.html").toString());
        assertFails(
                "--to-kafka needs --namespace NAME: the past must not meet the mail of today in one topic; --bootstrap lets it, for a site"
                        + " that has seen no mail yet",
                month.toString(),
                "--to-kafka");
    }

    private static void assertFails(String message, String... args) {
        Run run = replay(args);
        assertThat(run.err().lines().reduce((before, last) -> last).orElse("")).isEqualTo("weir: " + message);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
