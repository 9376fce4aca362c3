package io.weir.bench;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.serde.StateCodec;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Different senders as six weeks of traffic leave them in the store. Equal from run to run. */
final class Population {
    private static final long BEGIN_MS = 1_795_392_000_000L;
    private static final long DAY_MS = 86_400_000;
    private static final int DAYS = 42;
    private static final double LEAST_A_DAY = 1.0 / DAYS;
    private static final double MOST_A_DAY = 1_000;
    private static final int DECADES = 5;
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    private final Throttle throttle = new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    private final Controls controls =
            new Controls(Rules.of(Map.of("learn.until.ms", Long.toString(BEGIN_MS + 14 * DAY_MS))), null);
    private final SplittableRandom random = new SplittableRandom(42);
    private final List<byte[]> states = new ArrayList<>();
    private final long[] count = new long[DECADES];
    private final long[] bytes = new long[DECADES];

    Population(int size, StateCodec codec) {
        while (states.size() < size) {
            double perDay = LEAST_A_DAY * Math.pow(MOST_A_DAY / LEAST_A_DAY, random.nextDouble());
            SenderState state = live(perDay);
            if (state != null && !state.absentAt(BEGIN_MS + DAYS * DAY_MS, controls.rules())) {
                byte[] written = codec.write(state);
                states.add(written);
                int decade = (int) Math.max(0, Math.ceil(Math.log10(perDay)) + 1);
                count[decade]++;
                bytes[decade] += written.length;
            }
        }
    }

    List<byte[]> states() {
        return states;
    }

    /** Messages at random times, mostly to one recipient. */
    private @Nullable SenderState live(double perDay) {
        SenderState state = null;
        long at = BEGIN_MS + gap(perDay);
        while (at < BEGIN_MS + DAYS * DAY_MS) {
            int recipients = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
            state = throttle.step(state, network -> null, admitted(at, recipients), controls)
                    .sender();
            at += gap(perDay);
        }
        return state;
    }

    private long gap(double perDay) {
        return (long) (-Math.log(1 - random.nextDouble()) * DAY_MS / perDay);
    }

    private static ConnectionEvent admitted(long at, int recipients) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                at,
                "203.0.113.7",
                SENDER,
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    void print(PrintStream out) {
        out.println("messages a day   share   bytes of state");
        long all = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            out.printf(
                    "to %,9.1f     %5.1f%%   %,d%n",
                    Math.pow(10, decade - 1),
                    100.0 * count[decade] / states.size(),
                    bytes[decade] / Math.max(1, count[decade]));
            all += bytes[decade];
        }
        out.printf("all               100%%    %,d%n", all / states.size());
    }
}
