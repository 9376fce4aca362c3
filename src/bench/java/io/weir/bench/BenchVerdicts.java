package io.weir.bench;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.throttle.Reason;
import java.util.List;
import java.util.Random;

/** Verdicts as an engine writes them, one for each address of {@link #address(int)}: three quarters throttle, the rest lift a throttle. */
final class BenchVerdicts {
    private static final String CASE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CASE_LENGTH = 16;
    private static final Reason[] REASONS = {Reason.VOLUME_SURGE, Reason.NEWCOMER_VOLUME, Reason.DORMANT_RETURN};

    private final Random random = new Random(1);
    private final long nowMs;
    private final Mode mode;

    /** @param nowMs about when they were decided; they hold for a day */
    BenchVerdicts(long nowMs, Mode mode) {
        this.nowMs = nowMs;
        this.mode = mode;
    }

    /** Outside of every private range, up to 16 million different ones. */
    static String address(int number) {
        return "20." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    Verdict verdict(int number) {
        Reason reason = REASONS[random.nextInt(REASONS.length)];
        long record = random.nextInt(100_000);
        long decidedAtMs = nowMs - random.nextInt(600_000);
        return new Verdict(
                address(number),
                random.nextInt(4) > 0 ? Verdict.Action.THROTTLE : Verdict.Action.ALLOW,
                mode,
                random.nextInt(100, 10_000) / 10_000.0,
                451,
                new String(reason.enhancedStatusCode()),
                reason.as(),
                new String(reason.id()),
                caseId(),
                3_600_000,
                record * 3,
                record,
                record * 2,
                List.of(),
                decidedAtMs,
                nowMs + 86_400_000,
                decidedAtMs,
                new String("c0ffee12"));
    }

    private String caseId() {
        StringBuilder id = new StringBuilder(CASE_LENGTH);
        for (int i = 0; i < CASE_LENGTH; i++) {
            id.append(CASE_LETTERS.charAt(random.nextInt(CASE_LETTERS.length())));
        }
        return id.toString();
    }
}
