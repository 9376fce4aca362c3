package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.weir.explain.Bounce;
import io.weir.explain.Explainer;
import io.weir.explain.Live;
import io.weir.explain.Question;
import io.weir.explain.page.HelpPage;
import io.weir.http.BounceQuestions.BadNumberException;
import io.weir.http.CaseSource.NotNowException;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code /help}: what bounces mean, for everybody. What is pasted is read, explained and forgotten, as by {@link ExplainRoutes}. */
final class HelpRoutes {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TOO_LARGE = "That is too much: at most " + Bounce.MOST_BYTES / 1024
            + " kB are read. The part with the reply is enough, or the whole bounce without the attachments.";

    private final BounceQuestions questions;
    private final AskLimit limit;

    /** @param nowMs the time of day, or any other clock that does not go back */
    HelpRoutes(BounceQuestions questions, LongSupplier nowMs) {
        this.questions = questions;
        this.limit = new AskLimit(nowMs);
    }

    /** The style sheet goes before the case, which could be of that name otherwise. */
    List<Route> all() {
        return List.of(
                Route.get(HelpPage.PATH, Right.ANYBODY, context -> page(context, HttpStatus.OK, HelpPage.ask())),
                Route.get(HelpPage.STYLE_PATH, Right.ANYBODY, HelpRoutes::style),
                Route.post(HelpPage.PATH, Right.ANYBODY, limited(this::pasted)),
                Route.get(HelpPage.PATH + "/{case}", Right.ANYBODY, limited(this::caseOnly)));
    }

    /** Strangers guess cases, or have their fun. */
    private Handler limited(Handler handler) {
        return context -> {
            if (limit.admits(Asker.addressOf(context))) {
                handler.handle(context);
            } else {
                context.header("Retry-After", "60");
                page(
                        context,
                        HttpStatus.TOO_MANY_REQUESTS,
                        HelpPage.problem("Too many questions", "Please come back in a minute."));
            }
        };
    }

    private void pasted(Context context) throws IOException {
        Form form = Form.of(context);
        if (form == null) {
            page(context, HttpStatus.CONTENT_TOO_LARGE, HelpPage.ask(TOO_LARGE));
            return;
        }
        String text = form.field(HelpPage.FIELD_BOUNCE);
        if (text.isBlank()) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask("Nothing was pasted."));
            return;
        }
        try {
            Question question = questions.of(context, Bounce.parse(text), form.field(HelpPage.FIELD_WANTED));
            page(context, HttpStatus.OK, HelpPage.answer(Explainer.explain(question)));
        } catch (BadNumberException e) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask(e.getMessage()));
        } catch (NotNowException e) {
            notNow(context, e);
        }
    }

    /** What never was and what is too old look alike, and so does what is no case. */
    private void caseOnly(Context context) {
        Bounce bounce = Bounce.parse(context.pathParam("case"));
        try {
            Question question = questions.of(context, bounce, context.queryParam(HelpPage.FIELD_WANTED));
            if (question.live() instanceof Live.Known || question.live() instanceof Live.Told) {
                page(context, HttpStatus.OK, HelpPage.answer(Explainer.explain(question)));
            } else {
                page(context, HttpStatus.NOT_FOUND, HelpPage.unknown());
            }
        } catch (BadNumberException e) {
            page(context, HttpStatus.BAD_REQUEST, HelpPage.ask(e.getMessage()));
        } catch (NotNowException e) {
            notNow(context, e);
        }
    }

    private static void notNow(Context context, NotNowException e) {
        context.header("Retry-After", Long.toString(Math.max(1, e.retryAfter().toSeconds())));
        page(
                context,
                HttpStatus.SERVICE_UNAVAILABLE,
                HelpPage.problem(
                        "Not at the moment", "Cases cannot be looked up for a moment. Please try again in a minute."));
    }

    private static void style(Context context) {
        context.header("Cache-Control", "max-age=3600")
                .contentType("text/css; charset=utf-8")
                .result(HelpPage.style());
    }

    /** Of what every answer tells a browser the policy alone is another: the style sheet may be loaded, the form sent. */
    private static void page(Context context, HttpStatus status, String page) {
        context.status(status)
                .header("Content-Security-Policy", HelpPage.POLICY)
                .contentType(HTML)
                .result(page);
    }
}
