package io.weir.throttle;

import java.util.Arrays;
import java.util.Optional;

/** Every key of the rules document, with its default and its meaning: the text behind help and docs. */
public enum RuleKey {
    LEARN_UNTIL(
            "learn.until.ms",
            "0",
            "until this event time (ms since the epoch) all accepted volume vouches, no verdicts"),
    GROWTH_5M("growth.5m", "2", "times its record a sender may send at once, judged over 5 minutes; 2 to 10"),
    GROWTH_1H("growth.1h", "2", "the same over 1 hour"),
    GROWTH_1D("growth.1d", "2", "the same over 1 day: the step of the ramp"),
    REFILL_5M("refill.5m", "2", "times its record a sender may go on sending, 5 minutes after 5 minutes; 1 to 10"),
    REFILL_1H("refill.1h", "2", "the same hour after hour"),
    REFILL_1D("refill.1d", "1.5", "the same day after day"),
    NEWCOMER_5M("newcomer.5m", "40", "recipients a newcomer may send within 5 minutes"),
    NEWCOMER_1H("newcomer.1h", "120", "the same within 1 hour"),
    NEWCOMER_1D("newcomer.1d", "400", "the same within 1 day"),
    NULL_NEWCOMER_5M("newcomer.null.5m", "20", "bounces (null sender) a newcomer may send within 5 minutes"),
    NULL_NEWCOMER_1H("newcomer.null.1h", "60", "the same within 1 hour"),
    NULL_NEWCOMER_1D("newcomer.null.1d", "200", "the same within 1 day"),
    FLOOR_5M("floor.5m", "10", "no allowance is below this; bad conduct is held to it"),
    FLOOR_1H("floor.1h", "30", "the same within 1 hour"),
    FLOOR_1D("floor.1d", "100", "the same within 1 day"),
    CAP_5M("cap.5m", "10000000", "no allowance is above this"),
    CAP_1H("cap.1h", "10000000", "the same within 1 hour"),
    CAP_1D("cap.1d", "10000000", "the same within 1 day"),
    NOISE("noise", "3", "standard deviations of counting noise on top of the allowance; 0 to 10"),
    ESTABLISHED_DAYS("established.days", "5", "active days that make a sender established"),
    ESTABLISHED_AGE_DAYS("established.age.days", "7", "days since its first mail that make a sender established"),
    SPAM_SHARE("conduct.spam.share", "0.2", "share of spam in admitted recipients of two days that is bad conduct"),
    SPAM_SAMPLES("conduct.spam.samples", "20", "admitted recipients before that share counts"),
    REJECTED_SHARE("conduct.rejected.share", "0.6", "share of rejected attempts of two days that is bad conduct"),
    REJECTED_SAMPLES("conduct.rejected.samples", "50", "attempts before that share counts"),
    VERDICT_LIFE(
            "verdict.life.ms", "900000", "how long a verdict holds unless renewed; 120000 (2 min) to 86400000 (1 day)"),
    IPV6_PREFIX("ipv6.prefix", "64", "bits of an IPv6 address that make one sender; 48 to 128"),
    IPV6_NEW_SENDERS(
            "ipv6.new.senders", "256", "new IPv6 senders a /48 may add per day; the rest is accounted to the network"),
    NETWORK_NEWCOMERS(
            "network.newcomers",
            "2",
            "all newcomers of a /24, /56 or /48 may send together what so many newcomers may; 1 to 10000"),
    NETWORK_FLOOR(
            "network.floor",
            "2",
            "recipients a day that each newcomer gets through at an edge by trying again, whatever its network does"),
    POOL_LEARN_DAYS(
            "pools.learn.days",
            "14",
            "days from its first mail on in which a pool learns, as a new site does; 0 to 35"),
    DENIED_EDGES("edges.denied", "", "edges whose events are not counted, separated by commas");

    /** Followed by a reason's id: {@code shadow} or {@code enforce}. */
    public static final String MODE_PREFIX = "mode.";
    /** Followed by a pool's name: the networks, separated by commas, whose addresses are one sender. */
    public static final String POOL_PREFIX = "pool.";

    private final String id;
    private final String standard;
    private final String meaning;

    RuleKey(String id, String standard, String meaning) {
        this.id = id;
        this.standard = standard;
        this.meaning = meaning;
    }

    static Optional<RuleKey> of(String id) {
        return Arrays.stream(values()).filter(key -> key.id.equals(id)).findFirst();
    }

    public String id() {
        return id;
    }

    /** The value when the document is silent. */
    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }
}
