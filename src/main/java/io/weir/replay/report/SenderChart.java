package io.weir.replay.report;

import io.weir.model.SenderKey;
import io.weir.replay.offline.SenderTally;
import io.weir.replay.report.Chart.Step;
import io.weir.replay.report.Track.Volume;
import io.weir.throttle.Allowances;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One sender's chart, with its record and its allowance as lines. */
final class SenderChart {
    private static final long DAY_MS = Horizon.DAY.millis();

    private final ReportPage page;

    SenderChart(ReportPage page) {
        this.page = page;
    }

    /** At the page's own scale of time. */
    void into(Html html, SenderTally sender) {
        Track track = page.tracks().of(sender.sender());
        into(html, sender, page.tally().firstMs(), page.tracks().bucketMs(), track.volumes());
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
        into(html, sender, sender.firstMs(), DAY_MS, List.copyOf(days.values()));
    }

    private void into(Html html, SenderTally sender, long fromMs, long bucketMs, List<Volume> volumes) {
        html.open("figure");
        html.open("figcaption").element("b", sender.sender().text());
        html.text(" " + told(sender)).close("figcaption");
        new Chart(fromMs, page.tally().lastMs(), bucketMs, volumes)
                .line("allowance", allowances(sender.sender(), bucketMs))
                .line("record", records(sender.sender(), bucketMs))
                .into(html, sender.sender().text() + ": " + told(sender));
        html.close("figure");
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
