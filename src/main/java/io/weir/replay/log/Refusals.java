package io.weir.replay.log;

import io.weir.model.Outcome;

/**
 * Our own deferrals are told from other refusals by their codes, 451 and 4.7.500 to 4.7.699: what Weir put off is not what the site refuses. A
 * client chooses parts of the lines, so only the reply itself is looked at, where it begins.
 */
final class Refusals {
    private static final String CODE = "451 4.7.";
    private static final int LEAST_DETAIL = 500;
    private static final int MOST_DETAIL = 699;

    private Refusals() {}

    /** @param reply begins with what the server answered */
    static Outcome outcome(String reply) {
        int end = CODE.length() + 3;
        boolean isOurs = reply.startsWith(CODE) && reply.startsWith(" ", end) && isDetail(reply, CODE.length(), end);
        return isOurs ? Outcome.DEFERRED : Outcome.REJECTED;
    }

    private static boolean isDetail(String text, int from, int to) {
        int detail = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            detail = 10 * detail + digit;
        }
        return detail >= LEAST_DETAIL && detail <= MOST_DETAIL;
    }
}
