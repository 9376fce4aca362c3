package io.weir.replay.offline;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.offline.Decision.Fate;
import io.weir.replay.report.Tracks;
import io.weir.throttle.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A way through a past that a test made up, with all that was seen on it. */
public record Replayed(
        Setup setup, OfflineRun run, Tally tally, Tracks tracks, List<Decision> decisions, List<Verdict> verdicts) {
    public static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static final long NOON = 20_000 * 86_400_000L + 43_200_000;

    /** Every reason is enforced and there is no margin for noise, but for what is given. */
    public static Rules rules(Map<String, String> more) {
        return Rules.of(Setup.asIfEnforced(more));
    }

    public static Replayed of(Setup setup, List<? extends WeirEvent> events) {
        Tally tally = new Tally();
        List<Decision> decisions = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        List<Tracks> tracks = new ArrayList<>();
        OfflineRun run = new OfflineRun(setup, site -> {
            tracks.add(new Tracks(site, 3_600_000));
            return Observer.all(List.of(tally, tracks.get(0), new Observer() {
                @Override
                public void decided(Decision decision) {
                    decisions.add(decision);
                }

                @Override
                public void judged(Verdict verdict) {
                    verdicts.add(verdict);
                }
            }));
        });
        run.begin(events.get(0).occurredAtMs());
        events.forEach(event -> run.take(0, event));
        run.end();
        return new Replayed(setup, run, tally, tracks.get(0), decisions, verdicts);
    }

    long decided(Fate fate, boolean isRetry) {
        return decisions.stream()
                .filter(one -> one.fate() == fate && one.isRetry() == isRetry)
                .mapToLong(Decision::attempts)
                .sum();
    }

    static ConnectionEvent mail(long atMs, Outcome outcome, int recipients, int retries) {
        return mail("203.0.113.7", atMs, outcome, recipients, retries, ConnectionEvent.NO_SEQ);
    }

    static ConnectionEvent mail(String address, long atMs, Outcome outcome, int recipients, int retries, long seq) {
        ClientAddress client = ClientAddress.parse(address);
        return new ConnectionEvent(
                true,
                "mx1",
                seq,
                atMs,
                client.text(),
                client.sender(),
                outcome,
                recipients,
                recipients,
                retries,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
