package io.weir.simulate.scenario;

import io.weir.model.SenderKey;

/**
 * More than a sender's usual, all at once, which is to be drained at the pace of its allowance.
 *
 * @param recipients beside its usual mail
 * @param fates what becomes of them
 */
public record Surge(SenderKey sender, long beginMs, long recipients, Fates fates) {}
