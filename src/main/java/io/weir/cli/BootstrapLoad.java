package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.config.TopicName;
import io.weir.replay.HistoryReport;
import io.weir.replay.offline.Learning;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads a history into a site that has seen no mail yet, so that its senders are known from the first day on. Only what the topic keeps is
 * loaded, with two days to spare: the broker deletes older events for their age, perhaps before an engine has read them. All of it teaches,
 * and the site goes on learning until it has seen two weeks.
 *
 * @param rules to put in force; null for those the site has, or else the defaults
 */
record BootstrapLoad(
        LogPast past, HistoryReport read, @Nullable Rules rules, Terminal terminal) {
    /** The topic keeps 42 days. */
    private static final Duration LOADED = Duration.ofDays(40);
    /** Rules and gaps, one in each partition, that an operator may have written before. */
    private static final long CONTROL_RECORDS = 100_000;

    void run(Cluster cluster) throws IOException {
        long now = terminal.clock().millis();
        requireRecent(now);
        String topic = TopicName.CONNECTIONS.in(cluster.config().namespace());
        requireFresh(cluster, topic);
        LoadedEvents loaded = LoadedEvents.in(cluster, topic, 0);
        // An earlier load began where the topic's keeping began then.
        long from = loaded.isEmpty() ? now - LOADED.toMillis() : loaded.oldestMs();
        Rules inForce = rules(cluster, Math.max(from, read.firstEventMs()));
        past.tell(new ReplayProgress(terminal, "writing"));
        long written = new HistoryLoad(cluster, past, terminal).run(loaded, from);
        terminal.out()
                .println(written + " events written to " + topic + ", " + time(Math.max(from, read.firstEventMs()))
                        + " to " + time(read.lastEventMs()));
        if (read.firstEventMs() < from) {
            terminal.out()
                    .println("what is older than " + LOADED.toDays()
                            + " days was left out: the topic deletes it for its age after 42");
        }
        terminal.out()
                .println("rules " + inForce.id() + " are in force: the site learns until "
                        + time(inForce.learnUntilMs()) + ", so all of this only teaches");
        terminal.out()
                .println(
                        "the engine that is started next ('weir engine', or 'weir up' on one machine) judges it first");
    }

    private void requireRecent(long now) {
        if (read.lastEventMs() > now) {
            throw CommandException.usage("the history ends at " + time(read.lastEventMs())
                    + ", which is to come: --year or --zone must be wrong");
        }
        if (read.lastEventMs() < now - LOADED.toMillis()) {
            throw CommandException.usage(
                    "the history ends at " + time(read.lastEventMs()) + ", more than " + LOADED.toDays()
                            + " days ago, which the topic does not keep; --to-kafka --namespace trial takes it");
        }
    }

    private void requireFresh(Cluster cluster, String topic) {
        if (cluster.holdsHistory()) {
            throw CommandException.failed(
                    topic + " is for history: a site that is to run needs a namespace of its own");
        }
        if (cluster.records(topic) > read.events() + CONTROL_RECORDS) {
            throw CommandException.failed(topic + " holds more than this history has: only a site that has seen no mail"
                    + " yet can be bootstrapped");
        }
    }

    private Rules rules(Cluster cluster, long firstMs) {
        RulesTopic topic = new RulesTopic(cluster);
        Rules before = topic.current().map(Entry::rules).orElse(Rules.DEFAULTS);
        Rules base = rules == null ? before : rules;
        long learnt = Math.max(
                read.lastEventMs() + 1,
                firstMs + Duration.ofDays(Learning.USUAL_DAYS).toMillis());
        Map<String, String> settings = new HashMap<>(base.settings());
        settings.put(RuleKey.LEARN_UNTIL.id(), Long.toString(learnt));
        Rules wanted = Rules.of(settings);
        if (!wanted.equals(before)) {
            topic.write(wanted, RulesUpdate.author(), firstMs);
        }
        return wanted;
    }

    private static Instant time(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MINUTES);
    }
}
