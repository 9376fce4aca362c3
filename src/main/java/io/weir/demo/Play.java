package io.weir.demo;

import io.weir.demo.DemoResult.Actor;
import io.weir.demo.DemoResult.Background;
import io.weir.demo.DemoResult.Past;
import io.weir.model.Mode;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.simulate.MailFlow;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** The whole play on any stage: rules, four weeks of history, the week of the incidents, the closing table. */
final class Play {
    private final DemoCalendar calendar;
    private final Stage stage;
    private final Lines lines;
    private final LongSupplier elapsedNanos;
    private final long beginNanos;
    private final Cast cast;
    private final List<MailStream> population;
    private final List<MailStream> everybody;
    private final DemoEdges edges;
    private final Account account;
    private final MailFlow flow;

    /** @param beginNanos when all began, by the clock of elapsed time */
    Play(DemoCalendar calendar, Stage stage, Lines lines, AdmitRule rule, LongSupplier elapsedNanos, long beginNanos) {
        this.calendar = calendar;
        this.stage = stage;
        this.lines = lines;
        this.elapsedNanos = elapsedNanos;
        this.beginNanos = beginNanos;
        this.cast = Cast.of(calendar);
        this.population = Population.of(calendar);
        this.everybody = cast.with(population);
        this.edges = new DemoEdges(rule);
        this.account = new Account(lines, this::counts, this::name);
        this.flow = new MailFlow(everybody);
        stage.onVerdict(account);
    }

    /** As a site would: two weeks of learning, in which nobody is judged, then every reason enforced. */
    static Map<String, String> rules(DemoCalendar calendar) {
        Map<String, String> settings = new HashMap<>();
        settings.put(RuleKey.LEARN_UNTIL.id(), Long.toString(calendar.at(DemoCalendar.LEARNING_DAYS, 0, 0)));
        for (Reason reason : Reason.values()) {
            settings.put(RuleKey.MODE_PREFIX + reason.id(), Mode.ENFORCE.label());
        }
        return Map.copyOf(settings);
    }

    DemoResult run() {
        Map<String, String> rules = rules(calendar);
        stage.publish(List.of(new RulesChange("demo", calendar.startMs(), rules)));
        Past past = past();
        Week week = new Week(calendar, cast, everybody, flow, edges, stage, account, lines, Rules.of(rules));
        int steps = week.play();
        DemoResult result = new DemoResult(
                past,
                actors(),
                week.flushed(),
                background(),
                account.open(),
                steps,
                account.verdicts(),
                Duration.ofNanos(elapsedNanos.getAsLong() - beginNanos));
        new ClosingTable(lines).print(result);
        return result;
    }

    private Past past() {
        List<MailStream> senders = new ArrayList<>(population);
        senders.addAll(cast.established());
        lines.title("Four weeks of mail");
        lines.plain("Mail of " + senders.size() + " senders from " + DemoCalendar.date(calendar.startMs()) + " to "
                + DemoCalendar.date(calendar.liveMs() - 1) + ", as fast as it goes. The site learns for two weeks and"
                + " judges nobody; then every reason is enforced.");
        long begin = elapsedNanos.getAsLong();
        History history = new History(senders, edges);
        history.replay(calendar.startMs(), calendar.liveMs(), stage::publish);
        lines.plain(String.format(
                Locale.ROOT,
                "%,d events that stand for %,d recipients are on their way to the engine ...",
                history.events(),
                history.recipients()));
        stage.settle();
        account.advance(calendar.liveMs());
        Past past = new Past(senders.size(), history.events(), history.recipients(), account.verdicts());
        double seconds = (elapsedNanos.getAsLong() - begin) / 1e9;
        lines.plain(
                String.format(Locale.ROOT, "... and judged: %.1f s in all, %,d verdicts.", seconds, past.verdicts()));
        return past;
    }

    private List<Actor> actors() {
        List<Actor> actors = new ArrayList<>();
        cast.streams().forEach(stream -> actors.add(actor(stream)));
        actors.add(new Actor(
                "snowshoe, " + cast.snowshoe().size() + " addresses",
                Cast.SNOWSHOE_NETWORK,
                Tally.sum(cast.snowshoe()),
                account.ended().stream()
                        .filter(episode -> cast.snowshoe().stream()
                                .anyMatch(stream -> isOn(stream, episode.first().client())))
                        .toList(),
                cast.snowshoe().stream()
                        .mapToLong(
                                stream -> stage.attempts(stream.client().sender(), calendar.liveMs(), calendar.endMs()))
                        .sum()));
        return actors;
    }

    private Actor actor(MailStream stream) {
        return new Actor(
                stream.name(),
                stream.client().text(),
                stream.tally().counts(),
                account.ended().stream()
                        .filter(episode -> episode.first()
                                .client()
                                .equals(stream.client().sender().text()))
                        .toList(),
                stage.attempts(stream.client().sender(), calendar.liveMs(), calendar.endMs()));
    }

    private Background background() {
        List<String> names = population.stream()
                .map(stream -> stream.client().sender().text())
                .toList();
        List<Episode> episodes = account.ended().stream()
                .filter(episode -> names.contains(episode.first().client()))
                .toList();
        return new Background(population.size(), Tally.sum(population), episodes);
    }

    private Tally.Counts counts(String client) {
        Tally.Counts sum = Tally.NONE;
        for (MailStream stream : everybody) {
            if (isOn(stream, client)) {
                sum = sum.plus(stream.tally().counts());
            }
        }
        return sum;
    }

    /** Whether a verdict on the client, a sender or a network, is on such mail. */
    private static boolean isOn(MailStream stream, String client) {
        SenderKey sender = stream.client().sender();
        return sender.text().equals(client)
                || sender.networks().stream().anyMatch(network -> network.text().equals(client));
    }

    /** Two streams of one address share the part of their names before the colon. */
    private String name(String client) {
        return everybody.stream()
                .filter(stream -> isOn(stream, client))
                .map(stream -> stream.name().split(":", 2)[0])
                .findFirst()
                .orElse("unknown");
    }
}
