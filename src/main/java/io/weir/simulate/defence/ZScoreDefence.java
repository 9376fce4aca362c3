package io.weir.simulate.defence;

import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.Spans;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The anomaly test of textbooks: within an hour a client passes up to the mean of its hourly counts of the last four weeks plus so many
 * standard deviations, and at least so much as anybody may. What was deferred is counted too, or nobody could outgrow that least.
 */
final class ZScoreDefence implements Defence {
    private static final int HOURS = 28 * 24;

    private final double deviations;
    private final long least;
    private final Map<String, Counts> clients = new HashMap<>();

    private record Hour(long number, long count) {}

    /** The hours of the last four weeks in which there was anything, with their sum and the sum of their squares. */
    private static final class Counts {
        private final Deque<Hour> hours = new ArrayDeque<>(2);
        private long hour;
        private long current;
        private long passed;
        private double sum;
        private double squares;
        private double limit = -1;

        void advance(long now, double deviations, long least) {
            if (now == hour && limit >= 0) {
                return;
            }
            if (current > 0) {
                hours.add(new Hour(hour, current));
                sum += current;
                squares += (double) current * current;
            }
            for (Hour old = hours.peek(); old != null && old.number < now - HOURS; old = hours.peek()) {
                hours.remove();
                sum -= old.count;
                squares -= (double) old.count * old.count;
            }
            hour = now;
            current = 0;
            passed = 0;
            double mean = sum / HOURS;
            limit = Math.max(least, mean + deviations * Math.sqrt(Math.max(0, squares / HOURS - mean * mean)));
        }
    }

    ZScoreDefence(double deviations, long least) {
        this.deviations = deviations;
        this.least = least;
    }

    @Override
    public int memoryDays() {
        return 28;
    }

    @Override
    public Reply answer(Mail mail) {
        long hour = mail.dueMs() / Spans.HOUR_MS;
        Counts counts = clients.computeIfAbsent(mail.client().sender().text(), first -> new Counts());
        counts.advance(hour, deviations, least);
        counts.current += mail.recipients();
        if (counts.passed + mail.recipients() > counts.limit) {
            return Reply.DEFERRED;
        }
        counts.passed += mail.recipients();
        return Reply.passed(mail);
    }
}
