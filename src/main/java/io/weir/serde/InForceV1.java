package io.weir.serde;

import io.weir.model.Mode;
import io.weir.throttle.Horizon;
import io.weir.throttle.InForce;
import io.weir.throttle.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sender's last verdict in the first format. Reasons go by their AS number, which never changes. */
final class InForceV1 {
    private static final long LIKELY_LIFE_MS = 900_000;
    private static final int FIRST_AS = 510;
    private static final List<Reason> REASONS = List.of(Reason.values());

    private static final int THROTTLE = 1;
    private static final int ENFORCE = 2;
    private static final int FLAGS = 4;

    private InForceV1() {}

    static long likelySeq(@Nullable InForce verdict) {
        return verdict == null ? 0 : verdict.decidedAtMs();
    }

    static void write(@Nullable InForce verdict, long now, FieldWriter out) {
        if (verdict == null) {
            out.put(0);
            return;
        }
        int flags = (verdict.throttle() ? THROTTLE : 0) | (verdict.mode() == Mode.ENFORCE ? ENFORCE : 0);
        out.put(1 + flags + (long) FLAGS * number(verdict.horizon()));
        out.putSigned((long) verdict.reason().as() - FIRST_AS);
        out.put(verdict.admitMicros());
        out.putNear(verdict.decidedAtMs(), now);
        out.putSigned(verdict.expiresAtMs() - verdict.decidedAtMs() - LIKELY_LIFE_MS);
        out.putBytes(verdict.caseId().getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable InForce read(long now, FieldReader in) {
        int code = in.getInt("verdict", FLAGS * 3);
        if (code == 0) {
            return null;
        }
        int flags = (code - 1) % FLAGS;
        Reason reason = reason(in.getSigned() + FIRST_AS);
        long admitMicros = in.get();
        long decidedAtMs = in.getNear(now);
        long expiresAtMs = in.getSigned() + decidedAtMs + LIKELY_LIFE_MS;
        return new InForce(
                reason,
                (flags & ENFORCE) != 0 ? Mode.ENFORCE : Mode.SHADOW,
                (flags & THROTTLE) != 0,
                admitMicros,
                horizon((code - 1) / FLAGS),
                decidedAtMs,
                expiresAtMs,
                new String(in.getBytes(), StandardCharsets.UTF_8));
    }

    private static Reason reason(long as) {
        for (Reason reason : REASONS) {
            if (reason.as() == as) {
                return reason;
            }
        }
        throw new IllegalArgumentException("AS number " + as + " is no reason");
    }

    private static int number(Horizon horizon) {
        return switch (horizon) {
            case FIVE_MINUTES -> 0;
            case HOUR -> 1;
            case DAY -> 2;
        };
    }

    private static Horizon horizon(int number) {
        return switch (number) {
            case 0 -> Horizon.FIVE_MINUTES;
            case 1 -> Horizon.HOUR;
            default -> Horizon.DAY;
        };
    }
}
