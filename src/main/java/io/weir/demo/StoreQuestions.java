package io.weir.demo;

import io.weir.engine.Answer;
import io.weir.engine.Queries;
import io.weir.engine.SenderFacts;
import io.weir.model.SenderKey;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderView;
import io.weir.throttle.Traffic;
import java.util.List;
import java.util.Optional;

/** Asks the engine of this process. It is the only one, so an answer that is elsewhere is none. */
final class StoreQuestions {
    private static final int MOST_TRIES = 100;
    private static final long WAIT_MS = 100;

    private final Queries queries;

    StoreQuestions(Queries queries) {
        this.queries = queries;
    }

    /** One question; asked again while the engine has no answer. */
    private interface Question<T> {
        Answer<T> ask();
    }

    Optional<SenderView> view(SenderKey sender, long atMs) {
        SenderFacts facts = answer("the sender " + sender, () -> queries.sender(sender));
        return facts.state().map(state -> SenderView.of(state, facts.controls(), atMs));
    }

    /** Recipients attempted from one midnight (UTC) to another. */
    long attempts(SenderKey sender, long fromMs, long toMs) {
        long fromDay = fromMs / DemoCalendar.DAY_MS;
        long toDay = toMs / DemoCalendar.DAY_MS - 1;
        List<PackedRows.Row> hours = answer("the traffic of " + sender, () -> queries.traffic(sender, fromDay, toDay));
        return hours.stream()
                .mapToLong(row -> row.get(Traffic.Column.ATTEMPTS.ordinal()))
                .sum();
    }

    private static <T> T answer(String what, Question<T> question) {
        String why = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Answer<T> answer = question.ask();
            if (answer instanceof Answer.Local<T> local) {
                return local.value();
            }
            why = answer instanceof Answer.Unavailable<T> unavailable ? unavailable.reason() : answer.toString();
            Clients.pause(WAIT_MS);
        }
        throw new DemoException("the engine does not tell " + what + ": " + why);
    }
}
