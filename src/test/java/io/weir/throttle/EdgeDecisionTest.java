package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.Mode;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EdgeDecisionTest {
    private static final long NOW = 1_795_503_060_123L;
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();
    private static final AdmitRule RULE = new AdmitRule("0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Set<String> shadowed = new HashSet<>();
    private @Nullable OperatorOverride override;
    /** Whom the override is for; null for everybody. */
    private @Nullable String overridden;

    private Connectors connectors = Connectors.NONE;
    private boolean isBraked;

    private final Knowledge knowledge = new Knowledge() {
        @Override
        public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
            boolean isPlan = override != null && override.action() == OperatorOverride.Action.PLANNED;
            return isPlan ? null : said(sender, nowMs);
        }

        @Override
        public @Nullable OperatorOverride planOf(SenderKey sender, long nowMs) {
            boolean isPlan = override != null && override.action() == OperatorOverride.Action.PLANNED;
            return isPlan ? said(sender, nowMs) : null;
        }

        private @Nullable OperatorOverride said(SenderKey sender, long nowMs) {
            boolean isFor = overridden == null || overridden.equals(sender.text());
            return isFor && override != null && override.holdsAt(nowMs) ? override : null;
        }

        @Override
        public @Nullable Verdict verdictOf(String client) {
            return verdicts.get(client);
        }

        @Override
        public Connectors connectors() {
            return connectors;
        }

        @Override
        public boolean isBraked() {
            return isBraked;
        }

        @Override
        public boolean isShadowed(String reason) {
            return shadowed.contains(reason);
        }
    };

    @Test
    void whatNobodyKnowsPasses() {
        assertThat(decide(mail(1))).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void ourOwnMailIsNeverTouched() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        assertThat(decide(new Attempt(SENDER, true, false, 1, null, 0))).isInstanceOf(Answer.Ours.class);
    }

    @Test
    void anEnforcedVerdictDefersWhatIsBeyondTheShare() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
        throttle("203.0.113.7", 1, Mode.ENFORCE, Reason.VOLUME_SURGE);
        assertThat(decide(mail(1))).isInstanceOf(Answer.WithinShare.class);
    }

    @Test
    void aShadowVerdictOnlySaysWhatItWouldHaveDone() {
        throttle("203.0.113.7", 0, Mode.SHADOW, Reason.VOLUME_SURGE);
        assertThat(decide(mail(1))).isInstanceOf(Answer.WouldDefer.class);
        assertThat(decide(mail(1)).defers()).isFalse();
    }

    @Test
    void whatTheNewestRulesHaveInShadowIsNotEnforcedWhateverTheVerdictSays() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        shadowed.add(Reason.SPAM_SHARE.id());
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
        shadowed.add(Reason.VOLUME_SURGE.id());
        assertThat(decide(mail(1))).isInstanceOf(Answer.WouldDefer.class);
        assertThat(decide(mail(1)).defers()).isFalse();
    }

    @Test
    void aNetworksVerdictStopsByTheNewestRulesToo() {
        throttle("203.0.113.0/24", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        shadowed.add(Reason.NETWORK_NEWCOMERS.id());
        assertThat(decide(mail(1))).isInstanceOf(Answer.WouldDefer.class);
    }

    @Test
    void rulesDoNotEnforceWhatTheVerdictHasInShadow() {
        throttle("203.0.113.7", 0, Mode.SHADOW, Reason.VOLUME_SURGE);
        assertThat(decide(mail(1))).isInstanceOf(Answer.WouldDefer.class);
    }

    @Test
    void anOverrideHoldsWhateverIsInShadow() {
        shadowed.add(Reason.OPERATOR_OVERRIDE.id());
        override = override(OperatorOverride.Action.THROTTLE, NOW + 1);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Overridden.class);
    }

    @Test
    void aVerdictLapsesAtItsExpiry() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        long expiry = NOW + 900_000;
        assertThat(EdgeDecision.decide(mail(1), knowledge, expiry - 1)).isInstanceOf(Answer.Throttled.class);
        assertThat(EdgeDecision.decide(mail(1), knowledge, expiry)).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void aVerdictOnBouncesHoldsOnlyBounces() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.NULL_SENDER_SURGE);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Unthrottled.class);
        assertThat(decide(new Attempt(SENDER, false, true, 1, null, 0))).isInstanceOf(Answer.Throttled.class);
    }

    @Test
    void theSendersVerdictAndItsNetworksBothHaveToLetItPass() {
        throttle("203.0.113.0/24", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
        throttle("203.0.113.7", 1, Mode.ENFORCE, Reason.NEWCOMER_VOLUME);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
        throttle("203.0.113.0/24", 0.9999, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        assertThat(decide(mail(1))).isEqualTo(new Answer.WithinShare(verdicts.get("203.0.113.0/24")));
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.NEWCOMER_VOLUME);
        assertThat(decide(mail(1))).isEqualTo(new Answer.Throttled(verdicts.get("203.0.113.7")));
    }

    @Test
    void aReleasedNewcomerIsStillOneOfItsNetwork() {
        throttle("203.0.113.0/24", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        verdicts.put(
                "203.0.113.7", verdict("203.0.113.7", 1, Mode.ENFORCE, Reason.NEWCOMER_VOLUME, Verdict.Action.ALLOW));
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
    }

    @Test
    void whatIsEnforcedDefersThoughAnotherInShadowIsTighter() {
        throttle("203.0.113.0/24", 0, Mode.SHADOW, Reason.NETWORK_NEWCOMERS);
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.NEWCOMER_VOLUME);
        assertThat(decide(mail(1))).isEqualTo(new Answer.Throttled(verdicts.get("203.0.113.7")));
        throttle("203.0.113.7", 1, Mode.ENFORCE, Reason.NEWCOMER_VOLUME);
        assertThat(decide(mail(1))).isEqualTo(new Answer.WouldDefer(verdicts.get("203.0.113.0/24")));
    }

    @Test
    void anIpv6SenderIsHeldByItsSubnetAndByItsNetwork() {
        SenderKey six = ClientAddress.parse("2001:db8:1:203::25").sender();
        Attempt attempt = new Attempt(six, false, false, 1, null, 0);
        throttle("2001:db8:1:200::/56", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        assertThat(decide(attempt)).isEqualTo(new Answer.Throttled(verdicts.get("2001:db8:1:200::/56")));
        verdicts.clear();
        throttle("2001:db8:1::/48", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        assertThat(decide(attempt)).isEqualTo(new Answer.Throttled(verdicts.get("2001:db8:1::/48")));
        verdicts.clear();
        throttle("2001:db8:1:300::/56", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS);
        assertThat(decide(attempt)).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void whatIsTriedAgainPassesWithinTheFloor() {
        networkThrottle(Mode.ENFORCE);
        Waiting waiting = new Waiting(NOW - 60_000, false, 0);
        assertThat(decide(new Attempt(SENDER, false, false, 1, null, 0))).isInstanceOf(Answer.Throttled.class);
        assertThat(decide(new Attempt(SENDER, false, false, 1, waiting, 4))).isInstanceOf(Answer.WithinFloor.class);
        assertThat(decide(new Attempt(SENDER, false, false, 1, waiting, 5))).isInstanceOf(Answer.Throttled.class);
        Waiting hammering = new Waiting(NOW - 1_000, true, 0);
        assertThat(decide(new Attempt(SENDER, false, false, 1, hammering, 0))).isInstanceOf(Answer.Throttled.class);
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.NEWCOMER_VOLUME);
        assertThat(decide(new Attempt(SENDER, false, false, 1, waiting, 0)))
                .as("a throttle of its own knows no floor")
                .isInstanceOf(Answer.Throttled.class);
    }

    @Test
    void inShadowTheFirstAttemptStandsForTheSecond() {
        networkThrottle(Mode.SHADOW);
        assertThat(decide(new Attempt(SENDER, false, false, 1, null, 4))).isInstanceOf(Answer.WithinFloor.class);
        assertThat(decide(new Attempt(SENDER, false, false, 1, null, 5))).isInstanceOf(Answer.WouldDefer.class);
    }

    private void networkThrottle(Mode mode) {
        Verdict verdict = verdict("203.0.113.0/24", 0, mode, Reason.NETWORK_NEWCOMERS, Verdict.Action.THROTTLE);
        verdicts.put("203.0.113.0/24", sparing(verdict, "203.0.113.200"));
    }

    @Test
    void anOverrideForAnAddressGoesBeforeItsPools() {
        ClientAddress client = ClientAddress.parse("203.0.113.7");
        override = override(OperatorOverride.Action.THROTTLE, NOW + 1);
        Proof proof = new Proof(client, false, "", "", "");
        overridden = SENDER.text();
        Attempt pooled = new Attempt(SenderKey.pool("acme"), false, false, false, 1, proof, null, 0);
        assertThat(decide(pooled)).isInstanceOf(Answer.Overridden.class);
        overridden = "pool:acme";
        assertThat(decide(pooled)).isInstanceOf(Answer.Overridden.class);
        overridden = "203.0.113.8";
        assertThat(decide(pooled)).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void aNetworkVerdictSparesWhomItLists() {
        Verdict network = verdict("203.0.113.0/24", 0, Mode.ENFORCE, Reason.NETWORK_NEWCOMERS, Verdict.Action.THROTTLE);
        verdicts.put("203.0.113.0/24", sparing(network, "203.0.113.7"));
        assertThat(decide(mail(1))).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void anOverrideGoesBeforeVerdictsUntilItExpires() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        override = override(OperatorOverride.Action.ALLOW, NOW + 1);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Allowed.class);
        override = override(OperatorOverride.Action.THROTTLE, NOW + 1);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Overridden.class);
        override = override(OperatorOverride.Action.ALLOW, NOW);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
    }

    @Test
    void anAnnouncedVolumeLeavesVerdictsAsTheyAreAndIsToldInItsTime() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        override = OperatorOverride.planned("203.0.113.7", 50_000, "pm", "sale", NOW - 9, NOW, NOW + 5);
        assertThat(decide(mail(1))).isInstanceOf(Answer.Throttled.class);
        assertThat(EdgeDecision.planned(mail(1), knowledge, NOW - 1)).isZero();
        assertThat(EdgeDecision.planned(mail(1), knowledge, NOW)).isEqualTo(50_000);
        assertThat(EdgeDecision.planned(mail(1), knowledge, NOW + 5)).isZero();
    }

    /** Everything speaks at once; one after the other falls silent. */
    @Test
    void theOrderIsOursRoleOverrideConnectorBrakeVerdict() {
        throttle("203.0.113.7", 0, Mode.ENFORCE, Reason.VOLUME_SURGE);
        override = override(OperatorOverride.Action.THROTTLE, NOW + 1);
        connectors = new Connectors(List.of(new Connector(
                "hq",
                Connector.Kind.ON_PREMISES,
                true,
                true,
                List.of("203.0.113.0/24"),
                List.of(),
                List.of(),
                false,
                List.of(),
                false,
                false,
                "")));
        isBraked = true;
        Proof proof = new Proof(ClientAddress.parse("203.0.113.7"), false, "", "", "sender.example.net");
        assertThat(decide(new Attempt(SENDER, true, true, false, 1, proof, null, 0)))
                .isInstanceOf(Answer.Ours.class);
        assertThat(decide(new Attempt(SENDER, false, true, false, 1, proof, null, 0)))
                .isInstanceOf(Answer.Role.class);
        Attempt attempt = new Attempt(SENDER, false, false, false, 1, proof, null, 0);
        assertThat(decide(attempt)).isInstanceOf(Answer.Overridden.class);
        override = null;
        assertThat(decide(attempt)).isInstanceOf(Answer.Trusted.class);
        connectors = Connectors.NONE;
        assertThat(decide(attempt)).isInstanceOf(Answer.Braked.class);
        isBraked = false;
        assertThat(decide(attempt)).isInstanceOf(Answer.Throttled.class);
        verdicts.clear();
        assertThat(decide(attempt)).isInstanceOf(Answer.Unthrottled.class);
    }

    @Test
    void oursIsWhoIsHereBelongsToUsOrLoggedIn() {
        Networks own = Networks.parse("198.51.100.0/24");
        assertThat(EdgeDecision.isOurs(ClientAddress.parse("127.0.0.1"), false, own))
                .isTrue();
        assertThat(EdgeDecision.isOurs(ClientAddress.parse("198.51.100.7"), false, own))
                .isTrue();
        assertThat(EdgeDecision.isOurs(ClientAddress.parse("203.0.113.7"), true, own))
                .isTrue();
        assertThat(EdgeDecision.isOurs(ClientAddress.parse("203.0.113.7"), false, own))
                .isFalse();
    }

    @Test
    void anEnvelopeIsTheSameAtAllEdgesWhateverTheCase() {
        AdmitRule other = new AdmitRule("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        assertThat(RULE.envelope(SENDER, "a@example.org", "b@example.net"))
                .isEqualTo(other.envelope(SENDER, "A@Example.org", "B@example.net"))
                .isNotEqualTo(RULE.envelope(SENDER, "a@example.org", "c@example.net"));
    }

    private Answer decide(Attempt attempt) {
        return EdgeDecision.decide(attempt, knowledge, NOW);
    }

    private static Attempt mail(long envelope) {
        return new Attempt(SENDER, false, false, envelope, null, 0);
    }

    private void throttle(String client, double admit, Mode mode, Reason reason) {
        verdicts.put(client, verdict(client, admit, mode, reason, Verdict.Action.THROTTLE));
    }

    private static Verdict verdict(String client, double admit, Mode mode, Reason reason, Verdict.Action action) {
        return new Verdict(
                client,
                action,
                mode,
                admit,
                451,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4200,
                300,
                600,
                List.of(),
                NOW,
                NOW + 900_000,
                NOW,
                "c0ffee12");
    }

    private static Verdict sparing(Verdict v, String sender) {
        return new Verdict(
                v.client(),
                v.action(),
                v.mode(),
                v.admit(),
                v.replyCode(),
                v.enhancedStatusCode(),
                v.as(),
                v.reason(),
                v.caseId(),
                v.horizonMs(),
                v.observed(),
                v.record(),
                v.allowance(),
                List.of(sender),
                5,
                v.decidedAtMs(),
                v.expiresAtMs(),
                v.seq(),
                v.rules());
    }

    private static OperatorOverride override(OperatorOverride.Action action, long expires) {
        return new OperatorOverride("203.0.113.7", action, 0, "pm", "test", NOW, expires);
    }
}
