package io.weir.cli;

import io.weir.model.ConnectionEvent;
import io.weir.replay.HistoryReport;
import io.weir.replay.offline.Learning;
import io.weir.replay.offline.OfflineRun;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Tally;
import io.weir.replay.offline.Way;
import io.weir.replay.suggest.Block;
import io.weir.replay.suggest.Draft;
import io.weir.replay.suggest.Study;
import io.weir.replay.suggest.Suggestion;
import io.weir.replay.suggest.Trial;
import io.weir.throttle.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads logs several times: to see how their senders began, and to try what follows from that. */
final class SuggestReplay {
    private static final double DAY_MS = 86_400_000;

    private final LogPast past;
    private final WayOptions way;
    private final byte[] secret;
    private final Terminal terminal;

    SuggestReplay(LogPast past, WayOptions way, byte[] secret, Terminal terminal) {
        this.past = past;
        this.way = way;
        this.secret = secret;
        this.terminal = terminal;
    }

    /** Prints a rules file; what was read goes to standard error. */
    void run() throws IOException {
        Study study = new Study(Rules.DEFAULTS);
        past.forEach((partition, event) -> {
            if (event instanceof ConnectionEvent connection) {
                study.add(connection);
            }
        });
        HistoryReport read = Objects.requireNonNull(past.report());
        terminal.err().print(read.text());
        double days = (read.lastEventMs() - read.firstEventMs()) / DAY_MS;
        requireLongEnough(days, study.leastDays());
        List<Draft> drafts = Draft.of(study);
        Trial shipped = trial(Draft.SHIPPED, read);
        List<Trial> tried = new ArrayList<>();
        for (Draft draft : drafts) {
            Trial trial = draft.equals(Draft.SHIPPED) ? shipped : trial(draft, read);
            tried.add(trial);
            if (trial.isHarmless(study)) {
                break;
            }
        }
        double judged = (read.lastEventMs() - rules(Draft.SHIPPED, read).learnUntilMs()) / DAY_MS;
        Trial pooled = pooled(study, Suggestion.chosen(study, tried), read);
        terminal.out().print(new Suggestion(study, days, judged, shipped, List.copyOf(tried), pooled).text());
    }

    private static void requireLongEnough(double days, int least) {
        if (days < least) {
            throw CommandException.failed(String.format(
                    Locale.ROOT,
                    "the logs span %.1f days, too few to suggest rules: it takes %d, since nobody counts as new in the first %d, and who"
                            + " comes then has to prove itself established",
                    days,
                    least,
                    Study.KNOWN_DAYS));
        }
    }

    private @Nullable Trial pooled(Study study, Trial chosen, HistoryReport read) throws IOException {
        List<Block> blocks = study.blocks();
        return blocks.isEmpty() ? null : trial(chosen.draft().with(blocks), read);
    }

    private Trial trial(Draft draft, HistoryReport read) throws IOException {
        Rules rules = rules(draft, read);
        Tally tally = new Tally(rules.learnUntilMs());
        OfflineRun run = new OfflineRun(
                new Setup(Way.WHAT_IF, secret, 1, rules, way.delay(), way.retries(), past.byEdges()), site -> tally);
        past.by(rules.senders());
        past.tell(new ReplayProgress(terminal, "trying " + draft.name()));
        run.begin(read.firstEventMs());
        past.forEach(run::take);
        run.end();
        return new Trial(draft, tally);
    }

    private Rules rules(Draft draft, HistoryReport read) {
        return Learning.rules(draft.document(), Way.WHAT_IF, way.learnDays(), read.firstEventMs(), read.lastEventMs());
    }
}
