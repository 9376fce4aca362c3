package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ReplayIT {
    @TempDir
    static Path dir;

    /** The numbers of lines and events were counted with awk, not with the code under test. */
    @Test
    @SharedData.Needed("maillogs/kdent/mail.log")
    void aRealDayIsReadAndJudgedUnderItsOwnTime() throws Exception {
        Path log = SharedData.file("maillogs/kdent/mail.log");
        Path rules = Files.writeString(
                dir.resolve("strict.rules"), "newcomer.5m=4\nnewcomer.1h=8\nnewcomer.1d=12\nfloor.5m=2\nfloor.1h=4\n");

        Run run = replay("kdent", log, "--year", "2015", "--rules", rules.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines())
                .contains("      6646  lines read", "      1251  events", "         0  malformed")
                .contains("       267    anvil/statistics")
                .anyMatch(line -> line.startsWith("  from 2015-10-22T02:13:42Z to 2015-10-22T17:1"))
                .anyMatch(line -> line.matches("\\d+ of 487 accepted recipients \\(.*%\\) would have been deferred .*"))
                .anyMatch(line -> line.matches(" +\\d+  senders for newcomer-volume, \\d+ throttles"));
        assertThat(run.lines())
                .filteredOn(line -> line.contains("  2015-10-22T"))
                .as("every throttle lies within the day of the log")
                .isNotEmpty()
                .allMatch(line -> line.contains("newcomer-volume") || line.contains("network-newcomers"));
    }

    @Test
    void aSurgeIsFoundAndTheSamePastIsNotToldTwice() throws Exception {
        Path log = log("surge.log");

        Run first = replay("surge", log);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.lines())
                .contains("       900  lines read", "       300  events")
                .anyMatch(line -> line.matches("\\d+ of 300 accepted recipients .* from 1 senders or networks\\."))
                .anyMatch(
                        line -> line.matches(
                                "203\\.0\\.113\\.7 +newcomer-volume +1 +300 +[1-9]\\d* .* 2026-03-01T10:\\d\\d:\\d\\dZ +2026-03-01T.*"));

        Run again = replay("surge", log);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("300 events are there already", "0 events written");
        assertThat(told(again)).isEqualTo(told(first));

        Run other = replay("surge", log("other.log", "203.0.113.8", 10));
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err().lines())
                .last()
                .asString()
                .isEqualTo(
                        "weir: surge.smtp-connections holds mail up to 2026-03-01T10:04:59Z that is not the beginning of this"
                                + " history; the past cannot come after it: choose another --namespace");
    }

    private static List<String> told(Run run) {
        return run.lines().subList(run.lines().indexOf("") + 1, run.lines().size());
    }

    /** An interrupted load leaves the beginning of a history in each partition. */
    @Test
    void aLoadGoesOnWhereItEnded() throws Exception {
        replay("broken", log("cut.log", "203.0.113.7", 120));

        Run whole = replay("broken", log("whole.log"));

        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(whole.err()).contains("120 events are there already", "180 events written");
        assertThat(whole.lines())
                .anyMatch(line -> line.matches("\\d+ of 300 accepted recipients .* from 1 senders or networks\\."));
    }

    /** Live settings would have the broker delete the past within minutes, so whoever comes later keeps to what the replay made. */
    @Test
    void upFindsTheHistoryThatAReplayLeft() throws Exception {
        assertThat(replay("past", log("past.log")).exitCode()).isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Lifetime lifetime = new Lifetime();
        Cli cli = new Cli(new Terminal(Run.stream(out), Run.stream(err), Map.of(), Clock.systemUTC(), lifetime));
        CompletableFuture<Integer> up = CompletableFuture.supplyAsync(() -> cli.run(
                "up",
                "--namespace=past",
                "-Ddata.dir=" + dir.resolve("data"),
                "-Dbroker.port=0",
                "-Dbroker.controller.port=0",
                "-Dhttp.port=0"));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> up.isDone() || text(out).contains("Ctrl-C"));
            assertThat(up).as(text(err)).isNotDone();
            Run senders = Run.of("senders", "203.0.113.7", "--api", found(out, "http://[0-9.:]+"));
            assertThat(senders.lines())
                    .first()
                    .isEqualTo("203.0.113.7  (network 203.0.113.0/24), as of 2026-03-01T10:04:59Z");
            assertThat(senders.out()).contains("throttled for newcomer-volume");
            Run topics = Run.of(
                    "topics",
                    "diff",
                    "--namespace=past",
                    "--partitions=4",
                    "--replicas=1",
                    "-Dbootstrap.servers=" + found(out, "127\\.0\\.0\\.1:\\d+"));
            assertThat(topics.out()).isEqualToIgnoringNewLines("7 topics are as they should be");
        } finally {
            lifetime.end();
        }
        assertThat(up.get(30, TimeUnit.SECONDS)).isZero();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String found(ByteArrayOutputStream out, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text(out));
        assertThat(matcher.find()).as(text(out)).isTrue();
        return matcher.group();
    }

    @Test
    void whatCannotBeReplayedIsNamedBeforeAnythingStarts() throws Exception {
        Path empty = Files.writeString(dir.resolve("empty.log"), "Mar  1 10:00:00 mx1 cron[1]: nothing\n");
        assertFails(replay("x", dir.resolve("nowhere.log")), "log " + dir + "/nowhere.log does not exist");
        assertFails(
                replay("x", empty, "--zone", "Mars/Olympus"),
                "--zone 'Mars/Olympus' is not a time zone such as Europe/Vienna or +02:00");
        assertFails(replay("x", empty, "--year", "15"), "--year must be 1980 to 9999, got 15");
    }

    private static void assertFails(Run run, String message) {
        assertThat(run.err()).isEqualToIgnoringNewLines("weir: " + message);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    private static Run replay(String namespace, Path log, String... more) {
        List<String> args = new ArrayList<>(List.of("replay", log.toString(), "--to-kafka", "--namespace", namespace));
        args.addAll(List.of("-D", "data.dir=" + dir.resolve("data")));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    /** A newcomer that sends 300 messages within five minutes. */
    private static Path log(String name) throws Exception {
        return log(name, "203.0.113.7", 300);
    }

    private static Path log(String name, String address, int messages) throws Exception {
        Path log = dir.resolve(name);
        try (PrintWriter out = new PrintWriter(log.toFile(), StandardCharsets.UTF_8)) {
            for (int i = 0; i < messages; i++) {
                String begin = String.format("2026-03-01T10:%02d:%02d+00:00 mx1 postfix/", i / 60, i % 60);
                String client = "mail.example.org[" + address + "]";
                String id = String.format("4ABC%08X", i);
                out.println(begin + "smtpd[100]: " + id + ": client=" + client);
                out.println(begin + "qmgr[101]: " + id + ": from=<a@example.org>, size=1000, nrcpt=1 (queue active)");
                out.println(begin + "qmgr[101]: " + id + ": removed");
            }
        }
        return log;
    }
}
