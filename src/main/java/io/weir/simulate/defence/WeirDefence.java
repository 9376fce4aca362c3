package io.weir.simulate.defence;

import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.OfflineEngine;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.VirtualEdge;
import io.weir.simulate.scenario.Calendar;
import io.weir.simulate.scenario.Plumbing;
import io.weir.simulate.scenario.Scenario;
import io.weir.simulate.scenario.Surge;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Horizon;
import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weir: the real judgement and the decision of real edges. Every reason is enforced once the site has learnt. The brake is left out: a
 * scenario is a handful of senders, and whoever defers them defers too much of everything.
 */
public final class WeirDefence implements Defence {
    private static final byte[] SECRET = "of simulations, known to all.".getBytes(StandardCharsets.US_ASCII);
    /** All of the past: records are kept for a year. */
    private static final int ALL_DAYS = 400;

    private final OfflineEngine engine = new OfflineEngine(new CaseIds(SECRET));
    private final Plumbing plumbing;
    private final List<VirtualEdge> edges = new ArrayList<>();
    private final VerdictBoard board;
    private final EventPath path;
    private final Map<String, Long> heldUntil = new HashMap<>();
    private long nowMs;

    /** @param settings rules that differ from the defaults */
    public WeirDefence(Scenario scenario, Map<String, String> settings) {
        this.plumbing = scenario.plumbing();
        AdmitRule rule = new AdmitRule(SECRET);
        for (int i = 1; i <= plumbing.edges(); i++) {
            edges.add(new VirtualEdge("mx" + i, rule));
        }
        this.board = new VerdictBoard(scenario);
        this.path = new EventPath(plumbing, this::judge);
        Calendar calendar = scenario.calendar();
        engine.take(new RulesChange("simulation", calendar.startMs(), rules(settings, calendar)));
    }

    /** These settings, but for learning and modes: the site learns for its days, and then enforces every reason. */
    static Map<String, String> rules(Map<String, String> settings, Calendar calendar) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(RuleKey.LEARN_UNTIL.id(), Long.toString(calendar.learntMs()));
        for (Reason reason : Reason.values()) {
            all.put(RuleKey.MODE_PREFIX + reason.id(), Mode.ENFORCE.label());
        }
        return all;
    }

    @Override
    public int memoryDays() {
        return ALL_DAYS;
    }

    @Override
    public Reply answer(Mail mail) {
        nowMs = mail.dueMs();
        path.advance(nowMs);
        board.advance(nowMs);
        int number = mail.exchanger(edges.size());
        VirtualEdge edge = edges.get(number);
        VirtualEdge.Seen seen = edge.attempt(mail, board);
        long skewMs = number == edges.size() - 1 ? plumbing.skewMs() : 0;
        path.send(edge.event(mail, seen, nowMs + skewMs), nowMs);
        return seen.reply();
    }

    private void judge(ConnectionEvent event) {
        engine.take(event).forEach(this::made);
    }

    private void made(Verdict verdict) {
        board.made(verdict, nowMs);
        boolean holds = verdict.action() == Verdict.Action.THROTTLE;
        heldUntil.put(verdict.client(), holds ? verdict.expiresAtMs() : verdict.decidedAtMs());
    }

    @Override
    public void tell(WeirEvent event) {
        engine.take(event);
    }

    @Override
    public long heldUntilMs(SenderKey sender) {
        return heldUntil.getOrDefault(sender.text(), 0L);
    }

    @Override
    public long drainMs(Surge surge) {
        Rules rules = engine.controls().rules();
        long longest = 0;
        List<SenderView.Budget> budgets = engine.view(surge.sender(), surge.beginMs())
                .map(SenderView::budgets)
                .orElse(List.of());
        for (SenderView.Budget budget : budgets) {
            Horizon horizon = budget.horizon();
            double perMs = refill(rules, budget) / horizon.millis();
            longest = Math.max(longest, (long) ((surge.recipients() - budget.freeNow()) / perMs));
        }
        return longest;
    }

    private static double refill(Rules rules, SenderView.Budget budget) {
        Rules.Limits limits = rules.mail();
        double record = Math.max(budget.record(), limits.base(budget.horizon()));
        return limits.refill().of(budget.horizon()) * record;
    }
}
