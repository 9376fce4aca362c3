package io.weir.simulate.defence;

import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * An exponentially smoothed rate per client with a penalty, as Exim's {@code ratelimit = N / PERIOD / strict / per_rcpt}: deferred attempts
 * count too, so that who is over the limit has to slow down before anything passes (specification, "Rate limiting incoming messages";
 * acl.c, acl_ratelimit).
 */
final class SmoothedRateDefence implements Defence {
    private static final double LEAST_INTERVAL_MS = 1e-6;

    private final double limit;
    private final double periodMs;
    private final Map<String, Rate> rates = new HashMap<>();

    private static final class Rate {
        private double perPeriod;
        private long lastMs;
    }

    SmoothedRateDefence(double limit, double periodMs) {
        this.limit = limit;
        this.periodMs = periodMs;
    }

    @Override
    public int memoryDays() {
        return 3;
    }

    @Override
    public Reply answer(Mail mail) {
        long now = mail.dueMs();
        double count = mail.recipients();
        Rate rate = rates.get(mail.client().sender().text());
        if (rate == null) {
            rate = new Rate();
            rate.perPeriod = count;
            rates.put(mail.client().sender().text(), rate);
        } else {
            double periods = Math.max(LEAST_INTERVAL_MS, now - rate.lastMs) / periodMs;
            double kept = StrictMath.exp(-periods);
            double smoothed = (1 - kept) * count / periods + kept * rate.perPeriod;
            // An event by itself is at least its own size a period, however long ago the last one was.
            rate.perPeriod = Math.max(smoothed, count);
        }
        rate.lastMs = now;
        return rate.perPeriod < limit ? Reply.passed(mail) : Reply.DEFERRED;
    }
}
