package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.suggest.MadeUpSite;
import io.weir.serde.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestReplayTest {
    private static final int DAYS = 28;

    @TempDir
    Path dir;

    private Run replay(String... args) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(args));
        all.addAll(List.of("-D", "data.dir=" + dir.resolve("data")));
        return Run.of(all.toArray(String[]::new));
    }

    private Path log(List<ConnectionEvent> events) throws IOException {
        Path log = dir.resolve("mail.jsonl");
        EventJson json = new EventJson();
        try (OutputStream out = Files.newOutputStream(log)) {
            for (var event : events) {
                out.write(json.write(event));
                out.write('\n');
            }
        }
        return log;
    }

    /** Twenty newcomers that begin with much, offices, addresses that take turns and are replaced, and one that blasts once. */
    private static MadeUpSite site() {
        MadeUpSite site = new MadeUpSite();
        for (int n = 1; n <= 20; n++) {
            for (int day = 15 + n % 4; day < DAYS; day++) {
                batch(site, "203.0." + n + ".1", day, n);
            }
            site.daily("198.18." + n + ".1", 0, DAYS, 40, Outcome.ADMITTED);
        }
        for (int day = 0; day < DAYS; day++) {
            batch(site, "192.0.2." + (day < 20 ? 1 + day % 5 : 6 + day % 2), day, 30);
        }
        batch(site, "198.51.100.1", 20, 300);
        return site;
    }

    /** So many messages of ten recipients at 12:00 of a day, one each second. */
    private static void batch(MadeUpSite site, String address, int day, int messages) {
        for (int i = 0; i < messages; i++) {
            site.mail(address, day + 0.5 + i / 86_400.0, 10, Outcome.ADMITTED);
        }
    }

    /** What it prints is a rules file, and what it says of it is so. */
    @Test
    void rulesForASiteWhoseNewcomersBeginWithMuch() throws IOException {
        Path log = log(site().events());
        Run run = replay(log.toString(), "--suggest");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("lines read");
        assertThat(run.lines())
                .contains("# Rules suggested from 27.1 days of this site's mail.")
                .contains(
                        "# In their first 24 hours 95% of these sent at most 190 in five minutes, 190 in an hour and 190 in all:")
                .contains("newcomer.5m = 380", "newcomer.1h = 380", "newcomer.1d = 380")
                .noneMatch(line -> line.startsWith("growth"))
                .contains("# pool.net-192-0-2-0 = 192.0.2.0/24");
        Path suggested = Files.writeString(dir.resolve("suggested.rules"), run.out());
        assertThat(RulesFile.read(suggested).mail().newcomer().day()).isEqualTo(380);

        long byShipped = deferred(run, "the shipped rules");
        long bySuggested = deferred(run, "growth 2");
        assertThat(bySuggested).isPositive().isLessThan(byShipped);
        assertThat(deferred(log)).isEqualTo(byShipped);
        assertThat(deferred(log, "--rules", suggested.toString())).isEqualTo(bySuggested);

        Path withPool = Files.writeString(dir.resolve("pool.rules"), run.out().replace("# pool.net", "pool.net"));
        assertThat(RulesFile.read(withPool).pools().byName()).containsOnlyKeys("net-192-0-2-0");
        assertThat(deferred(log, "--rules", withPool.toString()))
                .isEqualTo(deferred(run, "growth 2 and pools"))
                .isLessThan(bySuggested);
    }

    private static long deferred(Run suggestion, String draft) {
        Pattern row = Pattern.compile("# " + draft + " +(\\d+) of \\d+ \\(.*");
        return suggestion.lines().stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private long deferred(Path log, String... args) throws IOException {
        Path summary = dir.resolve("summary.json");
        List<String> all = new ArrayList<>(List.of(log.toString(), "--summary", summary.toString()));
        all.addAll(List.of(args));
        assertThat(replay(all.toArray(String[]::new)).exitCode()).isZero();
        return new ObjectMapper().readTree(summary.toFile()).path("deferred").asLong();
    }

    /** No growth makes room for a hundred times the usual: the least harm is suggested, and said to be harm. */
    @Test
    void whatCannotBeSuggestedIsSaid() throws IOException {
        MadeUpSite site = new MadeUpSite();
        for (int n = 1; n <= 5; n++) {
            site.daily("198.18." + n + ".1", 0, DAYS, 10, Outcome.ADMITTED);
            site.daily("203.0." + n + ".1", 16, DAYS, 10, Outcome.ADMITTED);
        }
        batch(site, "198.18.1.1", 20, 100);
        Run run = replay(log(site.events()).toString(), "--suggest", "--retry-model", "none");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines())
                .contains("# These are too few to say what a newcomer needs: it takes 10. The defaults stay.")
                .contains("growth.5m = 4", "growth.1h = 4", "growth.1d = 4")
                .noneMatch(line -> line.startsWith("newcomer"))
                .anyMatch(
                        line -> line.startsWith("# growth.*: nothing that was tried leaves established senders alone;"))
                .filteredOn(line -> line.endsWith("<- this file"))
                .singleElement()
                .asString()
                .startsWith("# growth 4 ");
        assertThat(RulesFile.read(Files.writeString(dir.resolve("suggested.rules"), run.out()))
                        .mail()
                        .growth()
                        .day())
                .isEqualTo(4);
    }

    @Test
    void ofTooShortARecordNothingIsSuggested() throws IOException {
        Run run = replay(
                log(new MadeUpSite()
                                .daily("198.18.1.1", 0, 15, 40, Outcome.ADMITTED)
                                .events())
                        .toString(),
                "--suggest");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .last()
                .asString()
                .isEqualTo(
                        "weir: the logs span 14.0 days, too few to suggest rules: it takes 15, since nobody counts as new in"
                                + " the first 7, and who comes then has to prove itself established");
    }
}
