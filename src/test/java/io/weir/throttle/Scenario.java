package io.weir.throttle;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A story told to the judgement: at a time, a client sends mail. Days count from a Monday, times are UTC.
 *
 * <p>It keeps states and verdicts the way the engine does, so that a test reads as what happened and what came of it.
 */
final class Scenario {
    /** Monday 2026-11-23, 00:00 UTC: day 0. */
    static final long MONDAY_MS = 1_795_392_000_000L;

    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long DAY_MS = 24 * HOUR_MS;

    private final Throttle throttle = new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<SenderKey, SenderState> senders = new HashMap<>();
    private final Map<NetworkKey, NetworkState> networks = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Judgement.ClosedDay> closedDays = new ArrayList<>();
    private Controls controls = Controls.NONE;
    private String address = "203.0.113.7";
    private @Nullable String connector;
    private long planned;
    private long nowMs = MONDAY_MS;

    /** Every reason is enforced. */
    static Scenario enforcing() {
        Scenario scenario = new Scenario();
        for (Reason reason : Reason.values()) {
            scenario.settings.put(RuleKey.MODE_PREFIX + reason.id(), "enforce");
        }
        return scenario.rules(RuleKey.NOISE, "0");
    }

    /** A site that has said nothing. */
    static Scenario silent() {
        return new Scenario();
    }

    Scenario rules(RuleKey key, String value) {
        return rules(key.id(), value);
    }

    Scenario rules(String key, String value) {
        settings.put(key, value);
        controls = new Controls(Rules.of(settings), controls.gap());
        return this;
    }

    /** For so many days from now on, the site learns. */
    Scenario learning(int days) {
        return rules(RuleKey.LEARN_UNTIL, Long.toString(nowMs + days * DAY_MS));
    }

    /** Edges were away between two moments. */
    Scenario gap(long fromMs, long toMs) {
        controls = controls.with(new Gap("operator", toMs, fromMs, toMs));
        return this;
    }

    Scenario client(String newAddress) {
        address = newAddress;
        return this;
    }

    /** From now on it comes by this connector; null for none. */
    Scenario by(@Nullable String name) {
        connector = name;
        return this;
    }

    /** From now on its edges know of an announced volume; 0 for none. */
    Scenario planning(long recipientsADay) {
        planned = recipientsADay;
        return this;
    }

    /** Sets the clock; {@code time} is {@code 10:00} or {@code 10:00:30}. */
    Scenario at(int day, String time) {
        nowMs = time(day, time);
        return this;
    }

    static long time(int day, String time) {
        return MONDAY_MS + day * DAY_MS + java.time.LocalTime.parse(time).toSecondOfDay() * 1000L;
    }

    Scenario pass(long millis) {
        nowMs += millis;
        return this;
    }

    /** One event now; returns the verdict it brought about, if any. */
    List<Verdict> sends(Mail mail) {
        return step(mail.from(address, nowMs, connector).withPlanned(planned));
    }

    /** So many events, one a minute, the first now; returns their verdicts and leaves the clock a minute after. */
    List<Verdict> everyMinute(int minutes, Mail mail) {
        return every(MINUTE_MS, minutes, mail);
    }

    List<Verdict> every(long millis, int times, Mail mail) {
        List<Verdict> brought = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            brought.addAll(sends(mail));
            nowMs += millis;
        }
        return brought;
    }

    /** From 08:00 to 18:00 on each day, mail every minute. */
    List<Verdict> officeHours(int fromDay, int toDay, Mail mail) {
        List<Verdict> brought = new ArrayList<>();
        for (int day = fromDay; day < toDay; day++) {
            brought.addAll(at(day, "08:00").everyMinute(600, mail));
        }
        return brought;
    }

    /** The site learns for two weeks, in which the client sends so much every minute of the office hours. */
    static Scenario established(int perMinute) {
        Scenario scenario = enforcing().learning(14);
        scenario.officeHours(0, 14, Mail.admitted(perMinute));
        return scenario;
    }

    /** One event of its own time; the clock stays. */
    List<Verdict> step(ConnectionEvent event) {
        SenderKey sender = event.sender();
        Judgement judged = throttle.step(senders.get(sender), networks::get, event, controls);
        if (judged.sender() == null) {
            senders.remove(sender);
        } else {
            senders.put(sender, judged.sender());
        }
        keep(judged.networks());
        closedDays.addAll(judged.closedDays());
        verdicts.addAll(judged.verdicts());
        return judged.verdicts();
    }

    private void keep(List<Judgement.OfNetwork> changed) {
        changed.forEach(network -> networks.put(network.network(), network.state()));
    }

    /** Later knowledge about the client's mail of {@code refTimeMs}. */
    Scenario amend(long refTimeMs, int spam, int rejected) {
        return amend(new Amendment("filter", ConnectionEvent.NO_SEQ, nowMs, sender(), refTimeMs, spam, rejected));
    }

    Scenario amend(Amendment amendment) {
        Throttle.Amended amended = throttle.amend(senders.get(amendment.sender()), networks::get, amendment, controls);
        if (amended.sender() != null) {
            senders.put(amendment.sender(), amended.sender());
        }
        keep(amended.networks());
        return this;
    }

    Scenario restore(SenderState state) {
        senders.put(sender(), state);
        return this;
    }

    private SenderKey sender() {
        SenderKey sender = ClientAddress.parse(address).sender();
        return connector == null ? sender : sender.via(connector);
    }

    String client() {
        return address;
    }

    String senderText() {
        return sender().text();
    }

    long now() {
        return nowMs;
    }

    Rules rules() {
        return controls.rules();
    }

    Controls controls() {
        return controls;
    }

    /** What is stored for the client; null when nothing is. */
    SenderState state() {
        return senders.get(sender());
    }

    /** The largest network of the client. */
    NetworkState network() {
        List<NetworkKey> all = sender().networks();
        return all.isEmpty() ? NetworkState.NONE : networks.getOrDefault(all.get(all.size() - 1), NetworkState.NONE);
    }

    NetworkState network(String text) {
        return networks.getOrDefault(NetworkKey.parse(text), NetworkState.NONE);
    }

    Map<NetworkKey, NetworkState> networks() {
        return networks;
    }

    /** What could be told about the client now. */
    SenderView view() {
        return SenderView.of(state(), controls.of(sender(), state()), nowMs);
    }

    PerHorizon record() {
        return Advance.to(nowMs, state(), controls).state().mail().record();
    }

    long allowance(Horizon horizon) {
        return view().budgets().get(horizon.ordinal()).allowance();
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    List<Judgement.ClosedDay> closedDays() {
        return closedDays;
    }
}
