/**
 * Postfix's policy delegation protocol, as a server: frames and bounds requests, asks a {@link io.weir.edge.policy.PolicyService} what to answer, and
 * answers. Knows nothing of verdicts or Kafka.
 *
 * <p>The protocol: a request is lines of {@code name=value}, ended by an empty line; the answer is {@code action=...} and an empty line, in the
 * order of the requests (Postfix, SMTPD_POLICY_README).
 */
@NullMarked
package io.weir.edge.policy;

import org.jspecify.annotations.NullMarked;
