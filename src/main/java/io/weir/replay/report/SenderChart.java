package io.weir.replay.report;

import io.weir.html.Html;
import io.weir.model.SenderKey;
import io.weir.replay.offline.SenderTally;
import io.weir.replay.report.Chart.Step;
import io.weir.replay.report.Track.Volume;
import io.weir.throttle.Allowances;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One sender's chart, with its record and its allowance as lines. */
final class SenderChart {
    private static final long DAY_MS = Horizon.DAY.millis();
    /** Shown before and after what was deferred, at least. */
    private static final long AROUND_MS = DAY_MS;

    private static final Set<String> BY_RECORD =
            Set.of(Reason.VOLUME_SURGE.id(), Reason.NEWCOMER_VOLUME.id(), Reason.DORMANT_RETURN.id());

    private final ReportPage page;

    SenderChart(ReportPage page) {
        this.page = page;
    }

    /** The time around what was deferred, at the page's own buckets: a surge of an hour would be a hair's breadth in a month. */
    void into(Html html, SenderTally sender) {
        Track track = page.tracks().of(sender.sender());
        long around = Math.max(AROUND_MS, (sender.lastTouchedMs() - sender.firstTouchedMs()) / 3);
        long fromMs = Math.max(page.tally().firstMs(), sender.firstTouchedMs() - around);
        into(
                html,
                sender,
                fromMs,
                sender.lastTouchedMs() + around,
                page.tracks().bucketMs(),
                track.volumes());
    }

    /** Day by day, from its first on. */
    void daysInto(Html html, SenderTally sender) {
        long perDay = DAY_MS / page.tracks().bucketMs();
        TreeMap<Long, Volume> days = new TreeMap<>();
        for (Volume one : page.tracks().of(sender.sender()).volumes()) {
            days.merge(
                    one.index() / perDay,
                    new Volume(one.index() / perDay, one.tried(), one.deferred(), one.later()),
                    (a, b) -> new Volume(
                            a.index(), a.tried() + b.tried(), a.deferred() + b.deferred(), a.later() + b.later()));
        }
        into(html, sender, sender.firstMs(), page.tally().lastMs(), DAY_MS, List.copyOf(days.values()));
    }

    private void into(Html html, SenderTally sender, long fromMs, long toMs, long bucketMs, List<Volume> volumes) {
        html.open("figure");
        html.open("figcaption").element("b", sender.sender().text());
        html.text(" " + told(sender)).close("figcaption");
        Chart chart = new Chart(fromMs, toMs, bucketMs, volumes);
        if (isHeldByItsRecord(sender)) {
            chart.line("allowance", allowances(sender.sender(), bucketMs));
            chart.line("record", records(sender.sender(), bucketMs));
        }
        chart.into(html, sender.sender().text() + ": " + told(sender));
        html.close("figure");
    }

    /** Bounces have a record of their own, and bad conduct is held to the floor. */
    private static boolean isHeldByItsRecord(SenderTally sender) {
        return sender.reasons().isEmpty() || sender.reasons().stream().anyMatch(BY_RECORD::contains);
    }

    private static String told(SenderTally sender) {
        long held = sender.deferred() + sender.wouldDefer();
        String reasons = sender.reasons().stream().collect(Collectors.joining(", ", " for ", ""));
        return Words.count(sender.attempts()) + " tried, "
                + (held == 0
                        ? "none deferred"
                        : Words.count(held) + " deferred at first (" + Words.share(held, sender.attempts()) + ")"
                                + reasons);
    }

    private List<Step> records(SenderKey sender, long bucketMs) {
        List<Step> steps = new ArrayList<>();
        changes(sender, bucketMs).forEach((index, record) -> steps.add(new Step(index, record.get(horizon(bucketMs)))));
        return steps;
    }

    private List<Step> allowances(SenderKey sender, long bucketMs) {
        List<Step> steps = new ArrayList<>();
        changes(sender, bucketMs)
                .forEach((index, record) -> steps.add(new Step(
                        index,
                        Allowances.ofMail(record, page.rules())
                                .get(horizon(bucketMs))
                                .recipients())));
        return steps;
    }

    /** Its record by the bucket from which on it held; none at first. */
    private TreeMap<Long, PerHorizon> changes(SenderKey sender, long bucketMs) {
        TreeMap<Long, PerHorizon> changes = new TreeMap<>();
        changes.put(0L, PerHorizon.ZERO);
        for (Track.Record change : page.tracks().of(sender).records()) {
            changes.put(change.index() * page.tracks().bucketMs() / bucketMs, change.record());
        }
        return changes;
    }

    private static Horizon horizon(long bucketMs) {
        if (bucketMs == DAY_MS) {
            return Horizon.DAY;
        }
        return bucketMs == Horizon.HOUR.millis() ? Horizon.HOUR : Horizon.FIVE_MINUTES;
    }
}
