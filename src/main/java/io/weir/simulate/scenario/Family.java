package io.weir.simulate.scenario;

import java.util.Arrays;
import java.util.Optional;

/** What can happen at a site; each seed draws one case of it. */
public enum Family {
    STEADY("steady", Truth.LEGITIMATE, "machines that send around the clock"),
    DIURNAL("diurnal", Truth.LEGITIMATE, "offices and mailbox providers, by day and by week"),
    NEWSLETTER("newsletter", Truth.LEGITIMATE, "one issue a week, within an hour or two"),
    INVOICES("invoices", Truth.LEGITIMATE, "one run a month"),
    GROWING("growing", Truth.LEGITIMATE, "businesses that grow by up to 4% a day"),
    MAILING_LIST("mailing-list", Truth.LEGITIMATE, "posts that fan out to many of us"),
    NAT("nat", Truth.LEGITIMATE, "many clients behind one address"),
    INCIDENT("incident", Truth.LEGITIMATE, "an established sender notifies of an incident: 4 to 40 busy hours at once"),
    MIGRATION_ANNOUNCED("migration-announced", Truth.LEGITIMATE, "a sender moves to a new address, by an override"),
    MIGRATION_POOLED("migration-pooled", Truth.LEGITIMATE, "a sender moves to a new address of its declared pool"),
    MIGRATION_UNANNOUNCED("migration-unannounced", Truth.LEGITIMATE, "a sender moves and tells nobody"),
    PROVIDER_POOL(
            "provider-pool", Truth.LEGITIMATE, "a provider activates new addresses of a pool that is not declared"),
    PROVIDER_POOL_DECLARED(
            "provider-pool-declared", Truth.LEGITIMATE, "a provider activates new addresses of its declared pool"),
    WARM_UP_ADVISED("warm-up-advised", Truth.LEGITIMATE, "a newcomer follows the ramp as printed"),
    WARM_UP_DOUBLING("warm-up-doubling", Truth.LEGITIMATE, "a newcomer doubles daily, with an ordinary sender's noise"),
    WARM_UP_IGNORED("warm-up-ignored", Truth.LEGITIMATE, "a newcomer that sends all from its first day on"),
    OUTAGE("outage", Truth.LEGITIMATE, "we were away, and everybody's queue comes at once"),
    SECONDARY_MX("secondary-mx", Truth.LEGITIMATE, "our backup MX hands over what came while we were away"),
    SECONDARY_MX_DECLARED(
            "secondary-mx-declared", Truth.LEGITIMATE, "the same of a backup MX that a connector declares"),
    RETRY_STORM("retry-storm", Truth.LEGITIMATE, "a mailer that tries again every minute"),
    CLOCK_SKEW("clock-skew", Truth.LEGITIMATE, "an edge whose clock is wrong"),
    DUPLICATES("duplicates", Truth.LEGITIMATE, "edges that send events twice"),
    HIJACKED_X5("hijacked-x5", Truth.ABUSIVE, "a stolen account at 5 times the usual"),
    HIJACKED_X20("hijacked-x20", Truth.ABUSIVE, "the same at 20 times"),
    HIJACKED_X100("hijacked-x100", Truth.ABUSIVE, "the same at 100 times"),
    NEWCOMER_BLAST("newcomer-blast", Truth.ABUSIVE, "never seen before, and at full speed"),
    PULSING("pulsing", Truth.ABUSIVE, "bursts with pauses between, to dodge windows"),
    SLOW_RAMP("slow-ramp", Truth.ABUSIVE, "a newcomer that grows as patiently as a good one"),
    REJECTED_RAMP(
            "rejected-ramp", Truth.ABUSIVE, "a newcomer that grows on guessed addresses, most of which do not exist"),
    POISONING("poisoning", Truth.ABUSIVE, "large volume while the site learns, to come back with it"),
    SNOWSHOE_DENSE("snowshoe-dense", Truth.ABUSIVE, "most addresses of a /24, each under its limit"),
    SNOWSHOE_SPARSE("snowshoe-sparse", Truth.ABUSIVE, "some addresses of a /24, each under its limit"),
    BOTNET("botnet", Truth.ABUSIVE, "50,000 addresses with 5 messages each"),
    JOE_JOB("joe-job", Truth.ABUSIVE, "many servers bounce mail that was forged in our name"),
    IPV6_64("ipv6-64", Truth.ABUSIVE, "a new address of one /64 every few messages"),
    IPV6_48("ipv6-48", Truth.ABUSIVE, "a new /64 of one /48 every few messages"),
    DORMANT("dormant", Truth.ABUSIVE, "a silent address is bought and reused"),
    BOUNCE_STORM("bounce-storm", Truth.ABUSIVE, "an established server's mail loop");

    private final String id;
    private final Truth truth;
    private final String about;

    Family(String id, Truth truth, String about) {
        this.id = id;
        this.truth = truth;
        this.about = about;
    }

    public static Optional<Family> of(String id) {
        return Arrays.stream(values()).filter(family -> family.id.equals(id)).findFirst();
    }

    /** Name in commands, resource files and tables. */
    public String id() {
        return id;
    }

    /** What the mail is that the family is about. */
    public Truth truth() {
        return truth;
    }

    /** For people. */
    public String about() {
        return about;
    }

    /** One seed's case, to be sent once. */
    public Scenario scenario(Ranges ranges, long seed) {
        Casting casting = new Casting(this, ranges, seed);
        cast(casting);
        return casting.scenario();
    }

    private void cast(Casting casting) {
        switch (this) {
            case STEADY -> Everyday.steady(casting);
            case DIURNAL -> Everyday.diurnal(casting);
            case NEWSLETTER -> Everyday.newsletter(casting);
            case INVOICES -> Everyday.invoices(casting);
            case GROWING -> Everyday.growing(casting);
            case MAILING_LIST -> Everyday.mailingList(casting);
            case NAT -> Everyday.nat(casting);
            case INCIDENT -> Mishaps.incident(casting);
            case MIGRATION_ANNOUNCED -> Moves.announced(casting);
            case MIGRATION_POOLED -> Moves.pooled(casting);
            case MIGRATION_UNANNOUNCED -> Moves.unannounced(casting);
            case PROVIDER_POOL -> Moves.undeclaredPool(casting);
            case PROVIDER_POOL_DECLARED -> Moves.declaredPool(casting);
            case WARM_UP_ADVISED -> Moves.advised(casting);
            case WARM_UP_DOUBLING -> Moves.doubling(casting);
            case WARM_UP_IGNORED -> Moves.ignored(casting);
            case OUTAGE -> Mishaps.outage(casting);
            case SECONDARY_MX -> Mishaps.backup(casting);
            case SECONDARY_MX_DECLARED -> Mishaps.declaredBackup(casting);
            case RETRY_STORM -> Mishaps.retryStorm(casting);
            case CLOCK_SKEW -> Mishaps.clockSkew(casting);
            case DUPLICATES -> Mishaps.duplicates(casting);
            case HIJACKED_X5, HIJACKED_X20, HIJACKED_X100 -> Hijacks.hijacked(casting);
            case NEWCOMER_BLAST -> Attacks.blast(casting);
            case PULSING -> Hijacks.pulsing(casting);
            case SLOW_RAMP, REJECTED_RAMP -> Attacks.slowRamp(casting);
            case POISONING -> Attacks.poison(casting);
            case SNOWSHOE_DENSE, SNOWSHOE_SPARSE -> Swarms.snowshoe(casting);
            case BOTNET -> Swarms.botnet(casting);
            case JOE_JOB -> Swarms.joeJob(casting);
            case IPV6_64, IPV6_48 -> Swarms.rotation(casting);
            case DORMANT -> Attacks.dormant(casting);
            case BOUNCE_STORM -> Swarms.bounceStorm(casting);
        }
    }
}
