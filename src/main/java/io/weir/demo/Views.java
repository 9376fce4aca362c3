package io.weir.demo;

import io.weir.throttle.SenderView;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the engine's stores say of a sender, in words. */
final class Views {
    private Views() {}

    /** {@code known here: active on 20 days, record 31 / 320 / 2,410 and allowance 130 / 1,300 / 8,500 in 5m / 1h / 1d}. */
    static String line(SenderView view) {
        return "known here: active on " + view.life().activeDays() + " days; record "
                + join(view, budget -> number(budget.record())) + ", allowance "
                + join(view, budget -> number(budget.allowance())) + " in "
                + join(view, budget -> budget.horizon().label());
    }

    private interface Column {
        String of(SenderView.Budget budget);
    }

    private static String join(SenderView view, Column column) {
        return view.budgets().stream().map(column::of).collect(Collectors.joining(" / "));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
