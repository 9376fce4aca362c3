package io.weir.http;

import io.javalin.http.Context;
import io.weir.explain.Bounce;
import io.weir.explain.Live;
import io.weir.explain.Question;
import io.weir.explain.Site;
import io.weir.http.CaseSource.Asked;
import io.weir.http.CaseSource.NotNowException;
import java.io.Serial;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts together what was pasted, who asks, and what the site knows of the case. */
final class BounceQuestions {
    private static final Duration STARTING = Duration.ofSeconds(2);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private final Engine engine;
    private final Cases.Others others;
    private volatile Site site = Site.NONE;

    /** The volume that somebody would like to send is none. */
    static final class BadNumberException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        BadNumberException() {
            super("The volume wanted must be a whole number from 1 to " + Question.MOST_WANTED + ".");
        }
    }

    BounceQuestions(Engine engine, Cases.Others others) {
        this.engine = engine;
        this.others = others;
    }

    /** By what the site is known in bounces. */
    void of(Site known) {
        site = known;
    }

    /**
     * The question. Exact figures are for the address itself and for whoever showed a token that is known here.
     *
     * @param wantedText as somebody typed it; may be blank
     * @throws NotNowException when nobody can look the case up at the moment
     */
    Question of(Context context, Bounce bounce, @Nullable String wantedText)
            throws BadNumberException, NotNowException {
        Long wanted = wanted(wantedText);
        String caseId = bounce.caseId();
        if (caseId == null) {
            return new Question(bounce, site, new Live.Unasked(), wanted);
        }
        boolean isOperator = Admission.knownCallerOf(context) != null;
        Live live = cases().find(new Asked(caseId, Asker.addressOf(context), isOperator, wanted));
        return new Question(bounce, site, live, wanted);
    }

    /** @throws NotNowException before there is an engine */
    Cases cases() throws NotNowException {
        Served served = engine.orNull();
        if (served == null) {
            throw new NotNowException("the engine has not started yet", STARTING);
        }
        return new Cases(served.queries(), served.moment(), others);
    }

    static @Nullable Long wanted(@Nullable String text) throws BadNumberException {
        String digits = text == null ? "" : text.strip();
        if (digits.isEmpty()) {
            return null;
        }
        long wanted = NUMBER.matcher(digits).matches() ? Long.parseLong(digits) : 0;
        if (wanted < 1 || wanted > Question.MOST_WANTED) {
            throw new BadNumberException();
        }
        return wanted;
    }
}
