package io.weir.throttle;

import io.weir.model.Mode;

/**
 * What a sender's last published verdict said, as far as the next one depends on it.
 *
 * @param throttle false when it was a release
 * @param admitMicros the admit fraction in millionths
 * @param caseId the id printed in replies
 */
public record InForce(
        Reason reason,
        Mode mode,
        boolean throttle,
        long admitMicros,
        Horizon horizon,
        long decidedAtMs,
        long expiresAtMs,
        String caseId) {
    boolean holds(long nowMs) {
        return throttle && nowMs < expiresAtMs;
    }
}
