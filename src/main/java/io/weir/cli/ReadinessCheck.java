package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.replay.offline.BrakeWatch;
import io.weir.replay.offline.Decision;
import io.weir.replay.offline.Decision.Fate;
import io.weir.replay.offline.Findings;
import io.weir.replay.offline.Learning;
import io.weir.replay.offline.Observer;
import io.weir.replay.offline.OfflineRun;
import io.weir.replay.offline.RetryModel;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Tally;
import io.weir.replay.offline.Way;
import io.weir.throttle.BrakeCount;
import io.weir.throttle.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What rules would have done to the mail of the last days, had they been in force: the topic's own events, judged anew by the code that judges,
 * with edges that obey.
 */
final class ReadinessCheck {
    private static final int MOST_TRIPS_SHOWN = 5;

    private final Cluster cluster;
    private final Terminal terminal;
    private final Lifetime.Hold hold;

    ReadinessCheck(Cluster cluster, Terminal terminal, Lifetime.Hold hold) {
        this.cluster = cluster;
        this.terminal = terminal;
        this.hold = hold;
    }

    /**
     * Tells it; changes nothing.
     *
     * @param change makes the rules in question of those in force
     * @param days how far to look back
     */
    void run(UnaryOperator<Rules> change, int days) {
        String topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
        long oldest = cluster.oldestMs(topic);
        if (oldest < 0) {
            throw CommandException.failed(topic + " holds nothing: there is no mail yet to look at");
        }
        long now = terminal.clock().millis();
        long since = now - Duration.ofDays(days).toMillis();
        Rules inForce = new RulesTopic(cluster).current().map(Entry::rules).orElse(Rules.DEFAULTS);
        Rules rules = Learning.rulesUntil(change.apply(inForce).settings(), Way.AS_RECORDED, since);
        remarks(inForce, oldest, since, now);
        TopicPast past = new TopicPast(
                cluster, now, rules.ipv6Prefix(), hold, new ReplayProgress(terminal, "judging the last days anew"));
        Setup setup = new Setup(
                Way.WHAT_IF,
                ReplayCommand.secret(cluster.config()),
                past.partitions(),
                rules,
                Setup.USUAL_DELAY,
                RetryModel.POSTFIX,
                true);
        Tally tally = new Tally(since);
        BrakeWatch brake = new BrakeWatch(limits(cluster.config()));
        OfflineRun run =
                new OfflineRun(setup, site -> Observer.all(List.of(deferredOnly(tally), Observer.since(since, brake))));
        run.begin(oldest);
        past.forEach(run::take);
        run.end();
        past.told().forEach(terminal.out()::println);
        tell(setup, tally, brake);
    }

    private static BrakeCount.Limits limits(WeirConfig config) {
        return new BrakeCount.Limits(config.brakeShare(), config.brakeEstablishedShare(), config.brakeLeastAttempts());
    }

    private void remarks(Rules inForce, long oldest, long since, long now) {
        terminal.out().println("Mail since " + time(since) + ", judged as if these reasons had been enforced then.");
        if (oldest > since - Duration.ofDays(7).toMillis()) {
            terminal.out()
                    .println("What is known begins " + time(oldest)
                            + ": with less than a week before the days in question, known senders count as newcomers.");
        }
        if (inForce.learning(now)) {
            terminal.out()
                    .println("The site learns until " + time(inForce.learnUntilMs())
                            + ": until then nobody is throttled, whatever is enforced.");
        }
        terminal.out().println();
    }

    /** What other reasons would do is not the question. */
    private static Observer deferredOnly(Tally tally) {
        return new Observer() {
            @Override
            public void recorded(int partition, ConnectionEvent event) {
                tally.recorded(partition, event);
            }

            @Override
            public void decided(Decision decision) {
                tally.decided(decision.fate() == Fate.WOULD_DEFER ? decision.with(Fate.ADMITTED) : decision);
            }

            @Override
            public void judged(Verdict verdict) {
                tally.judged(verdict);
            }

            @Override
            public void givenUp(SenderKey sender, int attempts, long sinceMs) {
                tally.givenUp(sender, attempts, sinceMs);
            }
        };
    }

    private void tell(Setup setup, Tally tally, BrakeWatch brake) {
        terminal.out().print(Findings.text(setup, tally));
        terminal.out().println();
        if (brake.count() == 0) {
            terminal.out().println("No edge's brake would have tripped.");
        }
        brake.trips().stream()
                .limit(MOST_TRIPS_SHOWN)
                .forEach(trip -> terminal.out()
                        .println("BRAKE: " + trip.edge() + " would have stopped at " + time(trip.atMs()) + ", when "
                                + trip.what() + " in ten minutes would have been deferred."));
        if (brake.count() > MOST_TRIPS_SHOWN) {
            terminal.out().println("and " + (brake.count() - MOST_TRIPS_SHOWN) + " times more");
        }
        terminal.out().println("Nothing was changed.");
    }

    private static Instant time(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MINUTES);
    }
}
