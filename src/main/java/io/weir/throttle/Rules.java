package io.weir.throttle;

import io.weir.model.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Everything the judgement depends on, as one versioned document. Keys and defaults are {@link RuleKey}'s.
 *
 * @param id first 8 hex digits of the SHA-256 of all settings in force, so equal judgements have equal ids
 * @param settings every key with its value in force
 * @param learnUntilMs event time until which the site learns
 * @param mail limits for mail with a sender address
 * @param bounces limits for mail with the null sender
 * @param noise standard deviations of counting noise on top of an allowance
 * @param verdictLifeMs how long a verdict holds unless renewed
 */
public record Rules(
        String id,
        Map<String, String> settings,
        Map<Reason, Mode> modes,
        long learnUntilMs,
        Limits mail,
        Limits bounces,
        double noise,
        Standing.Thresholds established,
        ConductLimits conduct,
        long verdictLifeMs,
        int ipv6Prefix,
        int ipv6NewSenders,
        Set<String> deniedEdges) {
    /** The rules of a site that has said nothing: every reason in shadow. */
    public static final Rules DEFAULTS = of(Map.of());

    /** How much a series of one sender may be. */
    public record Limits(Factors growth, Factors refill, PerHorizon newcomer, PerHorizon floor, PerHorizon cap) {
        /** The record that a newcomer is taken to have, recipients. */
        public double base(Horizon horizon) {
            return newcomer.get(horizon) / (growth.of(horizon) + refill.of(horizon));
        }
    }

    /** A factor per horizon. */
    public record Factors(double fiveMinutes, double hour, double day) {
        public double of(Horizon horizon) {
            return switch (horizon) {
                case FIVE_MINUTES -> fiveMinutes;
                case HOUR -> hour;
                case DAY -> day;
            };
        }
    }

    /** From where on conduct is bad. */
    public record ConductLimits(double spamShare, long spamSamples, double rejectedShare, long rejectedSamples) {}

    /**
     * Reads a rules document.
     *
     * @throws RulesException naming the key and what is allowed
     */
    public static Rules of(Map<String, String> document) {
        RulesReader in = new RulesReader(document);
        Factors growth = new Factors(
                in.decimal(RuleKey.GROWTH_5M, 2, 10),
                in.decimal(RuleKey.GROWTH_1H, 2, 10),
                in.decimal(RuleKey.GROWTH_1D, 2, 10));
        Factors refill = new Factors(
                in.decimal(RuleKey.REFILL_5M, 1, 10),
                in.decimal(RuleKey.REFILL_1H, 1, 10),
                in.decimal(RuleKey.REFILL_1D, 1, 10));
        PerHorizon floor = in.horizons(RuleKey.FLOOR_5M, RuleKey.FLOOR_1H, RuleKey.FLOOR_1D);
        PerHorizon cap = in.horizons(RuleKey.CAP_5M, RuleKey.CAP_1H, RuleKey.CAP_1D);
        return new Rules(
                id(in.effective()),
                Map.copyOf(in.effective()),
                Map.copyOf(in.modes()),
                in.number(RuleKey.LEARN_UNTIL, 0, Long.MAX_VALUE),
                new Limits(
                        growth,
                        refill,
                        in.horizons(RuleKey.NEWCOMER_5M, RuleKey.NEWCOMER_1H, RuleKey.NEWCOMER_1D),
                        floor,
                        cap),
                new Limits(
                        growth,
                        refill,
                        in.horizons(RuleKey.NULL_NEWCOMER_5M, RuleKey.NULL_NEWCOMER_1H, RuleKey.NULL_NEWCOMER_1D),
                        floor,
                        cap),
                in.decimal(RuleKey.NOISE, 0, 10),
                new Standing.Thresholds((int) in.number(RuleKey.ESTABLISHED_DAYS, 1, 35), (int)
                        in.number(RuleKey.ESTABLISHED_AGE_DAYS, 1, 35)),
                new ConductLimits(
                        in.decimal(RuleKey.SPAM_SHARE, 0.01, 1),
                        in.number(RuleKey.SPAM_SAMPLES, 1, 1_000_000),
                        in.decimal(RuleKey.REJECTED_SHARE, 0.01, 1),
                        in.number(RuleKey.REJECTED_SAMPLES, 1, 1_000_000)),
                in.number(RuleKey.VERDICT_LIFE, 120_000, 86_400_000),
                (int) in.number(RuleKey.IPV6_PREFIX, 48, 128),
                (int) in.number(RuleKey.IPV6_NEW_SENDERS, 1, 65_536),
                in.names(RuleKey.DENIED_EDGES));
    }

    /** The same with every reason in shadow; {@code learning} when nothing is to be said either. */
    Rules ofTrusted(boolean learning) {
        return new Rules(
                id,
                settings,
                Map.of(),
                learning ? Long.MAX_VALUE : learnUntilMs,
                mail,
                bounces,
                noise,
                established,
                conduct,
                verdictLifeMs,
                ipv6Prefix,
                ipv6NewSenders,
                deniedEdges);
    }

    public Mode mode(Reason reason) {
        return modes.getOrDefault(reason, Mode.SHADOW);
    }

    public boolean learning(long atMs) {
        return atMs < learnUntilMs;
    }

    private static String id(Map<String, String> effective) {
        StringBuilder text = new StringBuilder();
        effective.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
