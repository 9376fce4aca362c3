package io.weir.throttle;

/** One series' allowance for each horizon. */
public record Allowances(Allowance fiveMinutes, Allowance hour, Allowance day) {
    /** What a sender of good conduct with this record may send, mail with a sender address. */
    public static Allowances ofMail(PerHorizon record, Rules rules) {
        return of(record, rules.mail(), rules.noise(), false);
    }

    static Allowances of(PerHorizon record, Rules.Limits limits, double noise, boolean badConduct) {
        return new Allowances(
                Allowance.of(Horizon.FIVE_MINUTES, record.fiveMinutes(), limits, noise, badConduct),
                Allowance.of(Horizon.HOUR, record.hour(), limits, noise, badConduct),
                Allowance.of(Horizon.DAY, record.day(), limits, noise, badConduct));
    }

    public Allowance get(Horizon horizon) {
        return switch (horizon) {
            case FIVE_MINUTES -> fiveMinutes;
            case HOUR -> hour;
            case DAY -> day;
        };
    }

    /** Levels from which a slot's refill exceeds nothing. */
    PerHorizon calm() {
        return new PerHorizon(fiveMinutes.calmMicros(), hour.calmMicros(), day.calmMicros());
    }
}
