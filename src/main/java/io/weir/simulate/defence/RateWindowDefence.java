package io.weir.simulate.defence;

import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * A fixed limit per client and time unit, as Postfix has it: smtpd_client_recipient_rate_limit and anvil_rate_time_unit. The count starts anew
 * with the first request after a unit is over; refused requests count too (anvil.c, ANVIL_REMOTE_INCR_RATE; smtpd.c).
 */
final class RateWindowDefence implements Defence {
    private final long limit;
    private final long unitMs;
    private final Map<String, Window> windows = new HashMap<>();

    private static final class Window {
        private long startMs;
        private long recipients;
    }

    RateWindowDefence(long limit, long unitMs) {
        this.limit = limit;
        this.unitMs = unitMs;
    }

    @Override
    public int memoryDays() {
        return 1;
    }

    @Override
    public Reply answer(Mail mail) {
        long now = mail.dueMs();
        Window window = windows.computeIfAbsent(mail.client().sender().text(), first -> new Window());
        if (window.startMs + unitMs < now) {
            window.startMs = now;
            window.recipients = 0;
        }
        window.recipients += mail.recipients();
        return window.recipients > limit ? Reply.DEFERRED : Reply.passed(mail);
    }
}
