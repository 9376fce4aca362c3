package io.weir.cli;

import io.weir.model.WeirEvent;
import io.weir.replay.offline.Assumptions;
import io.weir.replay.offline.Comparison;
import io.weir.replay.offline.Findings;
import io.weir.replay.offline.Learning;
import io.weir.replay.offline.Observer;
import io.weir.replay.offline.OfflineRun;
import io.weir.replay.offline.Past;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Summary;
import io.weir.replay.offline.Tally;
import io.weir.replay.report.ReportPage;
import io.weir.replay.report.Tracks;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges a past without a broker, by one or two sets of rules at once, and tells what came of it. */
final class OfflineReplay {
    private final Past past;
    private final WayOptions way;
    private final ReplayOutputs outputs;
    private final Terminal terminal;
    private final Setup setup;
    private final Window window;
    private final List<Judged> judged = new ArrayList<>();

    /**
     * What is known of a past before it is judged.
     *
     * @param firstMs when it begins, milliseconds since the epoch; -1 when nobody knows yet
     * @param lastMs when it ends; {@link Long#MAX_VALUE} when nobody knows yet
     * @param sinceMs what happened before only teaches, and is not told; 0 for none
     */
    record Window(long firstMs, long lastMs, long sinceMs) {
        static final Window UNKNOWN = new Window(-1, Long.MAX_VALUE, 0);
    }

    /** A run under one set of rules, and what is known of it. */
    private record Judged(
            Setup setup,
            OfflineRun run,
            Tally tally,
            @Nullable Tracks tracks) {
        Rules rules() {
            return run.site().rules(0);
        }
    }

    OfflineReplay(Past past, WayOptions way, ReplayOutputs outputs, Terminal terminal, byte[] secret, Window window) {
        this.past = past;
        this.way = way;
        this.outputs = outputs;
        this.terminal = terminal;
        this.setup = way.setup(secret, past.partitions(), past.byEdges());
        this.window = window;
    }

    /** @param sources what was read, a line for each; asked for when it was */
    void run(Supplier<List<String>> sources) throws IOException {
        outputs.requireWritable();
        ReplayOutputs.Streams streams = outputs.new Streams();
        try (streams) {
            past.forEach((partition, event) -> take(streams, partition, event));
            judged.forEach(one -> one.run.end());
        }
        if (!judged.isEmpty()) {
            tell(sources.get());
        }
    }

    private void take(ReplayOutputs.Streams streams, int partition, WeirEvent event) {
        if (judged.isEmpty()) {
            begin(streams, window.firstMs < 0 ? event.occurredAtMs() : window.firstMs);
        }
        for (Judged one : judged) {
            one.run.take(partition, event);
        }
    }

    private void begin(ReplayOutputs.Streams streams, long firstMs) {
        boolean isRecorded = past.byEdges() && !way.hasRules();
        judged.add(judge(isRecorded ? null : rules(way.document(), firstMs), streams, firstMs));
        Map<String, String> against = way.againstDocument();
        if (against != null) {
            judged.add(judge(rules(against, firstMs), null, firstMs));
        }
    }

    private Rules rules(Map<String, String> document, long firstMs) {
        Integer days = way.learnDays();
        if (days == null && window.sinceMs > 0) {
            // What came before the window is there to teach.
            return Learning.rulesUntil(document, setup.way(), window.sinceMs);
        }
        return Learning.rules(document, setup.way(), days, firstMs, window.lastMs);
    }

    private Judged judge(@Nullable Rules rules, ReplayOutputs.@Nullable Streams streams, long firstMs) {
        Setup by = rules == null ? setup : setup.withRules(rules);
        Tally tally = new Tally(window.sinceMs);
        List<Tracks> tracks = new ArrayList<>(1);
        OfflineRun run = new OfflineRun(by, site -> {
            List<Observer> observers = new ArrayList<>(List.of(tally));
            if (streams != null) {
                streams.observers(by.way()).forEach(one -> observers.add(Observer.since(window.sinceMs, one)));
                if (outputs.isReportWanted()) {
                    tracks.add(new Tracks(site, bucketMs(firstMs)));
                }
            }
            observers.addAll(tracks);
            return Observer.all(observers);
        });
        run.begin(firstMs);
        return new Judged(by, run, tally, tracks.isEmpty() ? null : tracks.get(0));
    }

    private long bucketMs(long firstMs) {
        long from = Math.max(firstMs, window.sinceMs);
        return Tracks.bucketMs(
                window.lastMs == Long.MAX_VALUE
                        ? Duration.ofDays(Learning.USUAL_DAYS)
                        : Duration.ofMillis(window.lastMs - from));
    }

    private void tell(List<String> sources) {
        Judged main = judged.get(0);
        List<String> assumptions = Assumptions.of(main.setup, main.rules(), main.tally.firstMs(), main.tally.lastMs());
        terminal.out().println();
        terminal.out().println("Rules " + main.rules().id() + " (" + way.rulesName() + ").");
        assumptions.forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().print(Findings.text(main.setup, main.tally));
        if (judged.size() > 1) {
            terminal.out().println();
            terminal.out().print(comparison().text());
        }
        if (outputs.isSummaryWanted()) {
            outputs.writeSummary(new Summary(main.setup, main.rules(), main.tally, assumptions).json());
        }
        if (main.tracks != null) {
            outputs.writeReport(
                    new ReportPage(main.setup, main.rules(), main.tally, main.tracks, assumptions, sources).html());
        }
        outputs.told().forEach(file -> terminal.err().println("wrote " + file));
    }

    private Comparison comparison() {
        return Comparison.of(
                setup.way(),
                new Comparison.Names(way.rulesName(), way.againstName()),
                judged.get(0).tally,
                judged.get(1).tally);
    }
}
